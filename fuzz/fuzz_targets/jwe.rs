#![no_main]

#[allow(dead_code, reason = "libFuzzer finds words by itself")]
#[path = "../../crates/service/tests/fuzzing/targets/jwe.rs"]
mod jwe;

libfuzzer_sys::fuzz_target!(|data: &[u8]| drop(jwe::run(data)));
