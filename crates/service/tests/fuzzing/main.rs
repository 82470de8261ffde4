//! The parsers that strangers reach before anybody knows who they are, under inputs that nobody wrote.
//!
//! Each target is one function over bytes. Here a seeded mutator drives it: a few thousand inputs with every
//! run of the tests, a minute under `TALLYPORT_TEST_DEEP`. In `fuzz/` the very same function is driven by
//! libFuzzer. Both begin with the corpus in `fuzz/corpus`; an input that broke something is added to it.
#![allow(clippy::unwrap_used, reason = "a test ends where something that it relies on fails")]

mod drive;
mod mutator;
mod targets;

use drive::drive;
use targets::{amount, jwe, jwt, redirect_uri, signature_input, strict_json};

#[test]
fn signature_fields_are_read_or_refused_and_never_misread() {
    println!("{}", drive("signature_input", signature_input::WORDS, signature_input::run));
}

#[test]
fn signed_texts_of_clients_are_read_or_refused() {
    println!("{}", drive("jwt", jwt::WORDS, jwt::run));
}

#[test]
fn encrypted_bodies_are_taken_apart_in_one_way_or_refused() {
    println!("{}", drive("jwe", jwe::WORDS, jwe::run));
}

#[test]
fn redirect_uris_match_the_registered_text_and_no_other() {
    println!("{}", drive("redirect_uri", redirect_uri::WORDS, redirect_uri::run));
}

#[test]
fn bodies_are_read_strictly_and_as_everybody_else_reads_them() {
    println!("{}", drive("strict_json", strict_json::WORDS, strict_json::run));
}

#[test]
fn amounts_are_written_in_one_way_only() {
    println!("{}", drive("amount", amount::WORDS, amount::run));
}
