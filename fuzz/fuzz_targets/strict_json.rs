#![no_main]

#[allow(dead_code, reason = "libFuzzer finds words by itself")]
#[path = "../../crates/service/tests/fuzzing/targets/strict_json.rs"]
mod strict_json;

libfuzzer_sys::fuzz_target!(|data: &[u8]| drop(strict_json::run(data)));
