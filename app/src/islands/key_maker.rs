//! Makes a key pair in the reader's browser. The private key goes into a file that the reader
//! downloads and nowhere else; the public key goes into the form that is posted.

use leptos::html::Button;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::js_sys::{Array, ArrayBuffer, Object, Promise, Reflect, Uint8Array};
use leptos::web_sys::{
    Blob, BlobPropertyBag, CryptoKey, Element, HtmlAnchorElement, HtmlSelectElement, HtmlTextAreaElement, Url,
};
use wasm_bindgen_futures::JsFuture;

/// What the private key's file is called.
const FILE_NAME: &str = "tallyport-private-key.pem";
/// Letters per line of PEM (RFC 7468).
const LINE_LETTERS: usize = 64;

/// A button; its children are its label. It reads the kind of key from the `select` of the nearest
/// `data-key-maker`, writes the public key into the field that `data-key-target` names, and tells
/// how it went in `data-key-maker`.
#[island]
pub fn KeyMaker(
    /// The label, rendered by the server in the reader's language.
    children: Children,
) -> impl IntoView {
    let button: NodeRef<Button> = NodeRef::new();
    let scope = move || button.get()?.closest("[data-key-maker]").ok()?;
    Effect::new(move |_| {
        if let Some(scope) = scope() {
            tell(&scope, "ready");
        }
    });
    let make = move |_| {
        let Some(scope) = scope() else { return };
        tell(&scope, "working");
        spawn_local(async move {
            let outcome = if make_pair(&scope).await.is_ok() { "done" } else { "failed" };
            tell(&scope, outcome);
        });
    };
    view! {
        <button type="button" class="button key-maker-button" node_ref=button on:click=make>
            {children()}
        </button>
    }
}

fn tell(scope: &Element, state: &str) {
    let _ = scope.set_attribute("data-key-maker", state);
}

async fn make_pair(scope: &Element) -> Result<(), JsValue> {
    let missing = || JsValue::from_str("the page lacks a part of the key maker");
    let kind = scope.query_selector("select")?.ok_or_else(missing)?.dyn_into::<HtmlSelectElement>()?.value();
    let target = scope.get_attribute("data-key-target").ok_or_else(missing)?;
    let target = document().get_element_by_id(&target).ok_or_else(missing)?.dyn_into::<HtmlTextAreaElement>()?;
    let subtle = window().crypto()?.subtle();
    let usages = Array::of2(&"sign".into(), &"verify".into());
    let pair = settled(subtle.generate_key_with_object(&algorithm(&kind)?, true, &usages)?).await?;
    let half = |name: &str| Reflect::get(&pair, &name.into())?.dyn_into::<CryptoKey>();
    let public = settled(subtle.export_key("spki", &half("publicKey")?)?).await?;
    let private = settled(subtle.export_key("pkcs8", &half("privateKey")?)?).await?;
    download(&pem("PRIVATE KEY", &private)?)?;
    target.set_value(&pem("PUBLIC KEY", &public)?);
    Ok(())
}

async fn settled(promise: Promise) -> Result<JsValue, JsValue> {
    JsFuture::from(promise).await
}

fn algorithm(kind: &str) -> Result<Object, JsValue> {
    let made = Object::new();
    let set = |name: &str, value: JsValue| Reflect::set(&made, &name.into(), &value);
    match kind {
        "ed25519" => set("name", "Ed25519".into())?,
        "ec-p256" => set("name", "ECDSA".into())? && set("namedCurve", "P-256".into())?,
        _ => {
            let bits = if kind == "rsa-3072" { 3072 } else { 2048 };
            set("name", "RSA-PSS".into())?
                && set("hash", "SHA-512".into())?
                && set("modulusLength", bits.into())?
                && set("publicExponent", Uint8Array::from(&[1, 0, 1][..]).into())?
        }
    };
    Ok(made)
}

fn pem(label: &str, der: &JsValue) -> Result<String, JsValue> {
    let bytes = Uint8Array::new(der.dyn_ref::<ArrayBuffer>().ok_or("no bytes came out of the key")?).to_vec();
    let binary: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    let base64 = window().btoa(&binary)?;
    let mut text = format!("-----BEGIN {label}-----\n");
    let mut rest = base64.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(LINE_LETTERS));
        text.push_str(line);
        text.push('\n');
        rest = after;
    }
    text.push_str(&format!("-----END {label}-----\n"));
    Ok(text)
}

/// Hands a text to the reader as a file, without any request.
fn download(text: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type("application/x-pem-file");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link = document().create_element("a")?.dyn_into::<HtmlAnchorElement>()?;
    link.set_href(&url);
    link.set_download(FILE_NAME);
    link.click();
    Url::revoke_object_url(&url)
}
