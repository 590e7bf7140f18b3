#![no_main]

libfuzzer_sys::fuzz_target!(
    init: quotable_fuzz::allow_panics_of("/hayro"),
    |data: &[u8]| quotable_fuzz::read_pdf(data)
);
