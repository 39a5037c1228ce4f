use super::*;
use crate::render::sample;

#[test]
fn it_is_there() {
    let html = String::from_utf8(report(&sample::findings(), &sample::taxonomy(), Language::En)).expect("UTF-8");
    assert!(html.starts_with("<!DOCTYPE html>"));
}
