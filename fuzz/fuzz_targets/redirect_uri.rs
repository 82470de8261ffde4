#![no_main]

#[path = "../../crates/service/tests/fuzzing/targets/redirect_uri.rs"]
mod redirect_uri;

libfuzzer_sys::fuzz_target!(|data: &[u8]| drop(redirect_uri::run(data)));
