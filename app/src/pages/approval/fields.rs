//! The fields of a submission in forms, and their answers as texts.

use crate::{percent_encoding::percent_encoded, visit::texts};
use std::collections::BTreeMap;
use tallyport_domain::approval::{Answers, Field, Permission, PermissionSet, Volume};

/// The name of a field's input.
pub(crate) const fn input_name(field: Field) -> &'static str {
    match field {
        Field::Purpose => "answers[purpose]",
        Field::Permissions => "wanted",
        Field::LegalName => "answers[legal_name]",
        Field::RegistrationNumber => "answers[registration_number]",
        Field::Country => "answers[country]",
        Field::Website => "answers[website]",
        Field::ContactName => "answers[contact_name]",
        Field::ContactEmail => "answers[contact_email]",
        Field::MonthlyVolume => "answers[monthly_volume]",
        Field::Documents => "document",
    }
}

/// The name of the input for a remark on a field.
pub(crate) const fn remark_name(field: Field) -> &'static str {
    match field {
        Field::Purpose => "remarks[purpose]",
        Field::Permissions => "remarks[permissions]",
        Field::LegalName => "remarks[legal_name]",
        Field::RegistrationNumber => "remarks[registration_number]",
        Field::Country => "remarks[country]",
        Field::Website => "remarks[website]",
        Field::ContactName => "remarks[contact_name]",
        Field::ContactEmail => "remarks[contact_email]",
        Field::MonthlyVolume => "remarks[monthly_volume]",
        Field::Documents => "remarks[documents]",
    }
}

/// The name of a permission's box.
pub(crate) const fn box_name(permission: Permission) -> &'static str {
    match permission {
        Permission::Payments => "wanted[payments]",
        Permission::Refunds => "wanted[refunds]",
        Permission::Accounts => "wanted[accounts]",
        Permission::Transfers => "wanted[transfers]",
        Permission::Webhooks => "wanted[webhooks]",
    }
}

/// The answers of a posted form: what is no field of ours counts as absent.
pub(crate) fn read(answers: &BTreeMap<String, String>, wanted: &BTreeMap<String, String>) -> Answers {
    let mut read = Answers::default();
    for (name, text) in answers {
        if let Ok(field) = name.parse::<Field>()
            && !matches!(field, Field::Permissions | Field::Documents)
        {
            read.set(field, text);
        }
    }
    read.set(Field::Permissions, &permissions(wanted).to_string());
    read
}

/// The permissions whose boxes are ticked.
pub(crate) fn permissions(wanted: &BTreeMap<String, String>) -> PermissionSet {
    wanted.keys().filter_map(|name| name.parse().ok()).collect()
}

/// The names of permissions, one behind the other.
pub(crate) fn permission_names(permissions: &PermissionSet) -> String {
    let texts = &texts().approval;
    permissions.iter().map(|permission| texts.permission(permission).0).collect::<Vec<_>>().join(texts.between)
}

/// An answer as people read it; what it differs in is compared in the same form.
pub(crate) fn readable(answers: &Answers, field: Field) -> String {
    let text = answers.get(field);
    match field {
        Field::Permissions => permission_names(&answers.permissions()),
        Field::MonthlyVolume => {
            text.parse::<Volume>().map_or_else(|_| text.to_owned(), |volume| texts().approval.volume(volume).to_owned())
        }
        _ => text.to_owned(),
    }
}

/// The fields of a note that lists them, by their names; anything else as it was written.
pub(crate) fn field_names(note: &str) -> String {
    let texts = &texts().approval;
    let names: Result<Vec<&str>, _> =
        note.split(' ').map(|name| name.parse::<Field>().map(|field| texts.question(field).0)).collect();
    names.map_or_else(|_| note.to_owned(), |names| names.join(texts.between))
}

/// The address that an uploaded document is posted to.
pub(crate) fn upload_path(application: &str) -> String {
    format!("/ui/documents/{}", percent_encoded(application))
}
