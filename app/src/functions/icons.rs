//! Setting and removing the icon of an application.

use super::about::{about, done, refused};
use super::entry::here;
use crate::{
    forms::FormFlash,
    pages::console::application::{ICON_FORM, application_path},
    visit::texts,
};
use leptos::prelude::*;
use leptos::server_fn::codec::{MultipartData, MultipartFormData};
use tallyport_domain::icon::{ICON_BYTES_MAX, IconRefusal};
use tallyport_service::applications::SetIconRefusal;

/// The id of an application is far shorter; a longer field names none.
const ID_BYTES_MAX: usize = 64;

/// What was posted: which application, and the file.
#[derive(Default)]
struct Upload {
    application: String,
    file: Vec<u8>,
}

/// Sets the icon of an application.
#[server(prefix = "/ui", endpoint = "set_icon", input = MultipartFormData)]
pub(crate) async fn set_icon(data: MultipartData) -> Result<(), ServerFnError> {
    let upload = read(data).await;
    about(&upload.application, application_path, async |services, member, id| {
        let refusal = match services.set_icon(&member, id, upload.file).await {
            Ok(()) => return done(&application_path(id), texts().applications.saved).await,
            Err(SetIconRefusal::Access(refusal)) => return refused(refusal),
            Err(SetIconRefusal::Icon(refusal)) => refusal,
        };
        let own = &texts().applications;
        let mut kept = FormFlash::new();
        kept.refuse(
            "icon",
            match refusal {
                IconRefusal::Empty => own.icon_empty,
                IconRefusal::TooLarge => own.icon_large,
                IconRefusal::Svg => own.icon_svg,
                IconRefusal::OtherType => own.icon_other,
            },
        );
        kept.send_back(ICON_FORM, &here(&format!("{}#{ICON_FORM}", application_path(id)))).await
    })
    .await
}

/// Takes the icon of an application away.
#[server(prefix = "/ui", endpoint = "remove_icon")]
pub(crate) async fn remove_icon(#[server(default)] application: String) -> Result<(), ServerFnError> {
    about(&application, application_path, async |services, member, id| match services.remove_icon(&member, id).await {
        Ok(()) => done(&application_path(id), texts().applications.saved).await,
        Err(refusal) => refused(refusal),
    })
    .await
}

/// Reads the fields of the form, each up to its limit: one byte more says that it is too much. A body
/// that breaks off counts as far as it came.
async fn read(data: MultipartData) -> Upload {
    let mut upload = Upload::default();
    let Some(mut data) = data.into_inner() else { return upload };
    while let Ok(Some(mut field)) = data.next_field().await {
        let limit = match field.name() {
            Some("application") => ID_BYTES_MAX,
            Some("icon") => ICON_BYTES_MAX,
            _ => continue,
        };
        let is_file = field.name() == Some("icon");
        let mut bytes = Vec::new();
        while let Ok(Some(chunk)) = field.chunk().await {
            let room = (limit + 1).saturating_sub(bytes.len());
            bytes.extend_from_slice(&chunk[..chunk.len().min(room)]);
        }
        if is_file {
            upload.file = bytes;
        } else {
            upload.application = String::from_utf8(bytes).unwrap_or_default();
        }
    }
    upload
}
