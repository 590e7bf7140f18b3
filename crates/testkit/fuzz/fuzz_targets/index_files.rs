#![no_main]

libfuzzer_sys::fuzz_target!(
    init: quotable_fuzz::allow_panics_of("/tantivy"),
    |data: &[u8]| quotable_fuzz::index_files(data)
);
