//! The `tallyport` program: picks the allocator and hands over to the library.

/// Many small, short-lived allocations per request on several threads: mimalloc serves them faster
/// than the C library's allocator and gives memory back sooner.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    tallyport_server::run()
}
