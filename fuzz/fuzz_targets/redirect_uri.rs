#![no_main]

#[allow(dead_code, reason = "libFuzzer finds words by itself")]
#[path = "../../crates/service/tests/fuzzing/targets/redirect_uri.rs"]
mod redirect_uri;

libfuzzer_sys::fuzz_target!(|data: &[u8]| drop(redirect_uri::run(data)));
