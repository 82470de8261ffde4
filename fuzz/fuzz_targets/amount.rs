#![no_main]

#[allow(dead_code, reason = "libFuzzer finds words by itself")]
#[path = "../../crates/service/tests/fuzzing/targets/amount.rs"]
mod amount;

libfuzzer_sys::fuzz_target!(|data: &[u8]| drop(amount::run(data)));
