#![no_main]

#[path = "../../crates/service/tests/fuzzing/targets/signature_input.rs"]
mod signature_input;

libfuzzer_sys::fuzz_target!(|data: &[u8]| drop(signature_input::run(data)));
