#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| quotable_fuzz::profile(data));
