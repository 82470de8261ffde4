#![no_main]

#[allow(dead_code, reason = "libFuzzer finds words by itself")]
#[path = "../../crates/service/tests/fuzzing/targets/signature_input.rs"]
mod signature_input;

libfuzzer_sys::fuzz_target!(|data: &[u8]| drop(signature_input::run(data)));
