#![no_main]

#[allow(dead_code, reason = "libFuzzer finds words by itself")]
#[path = "../../crates/service/tests/fuzzing/targets/jwt.rs"]
mod jwt;

libfuzzer_sys::fuzz_target!(|data: &[u8]| drop(jwt::run(data)));
