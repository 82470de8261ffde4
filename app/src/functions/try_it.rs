//! Making a call of the open API for the reader.

use super::entry::{here, poster};
use crate::{
    fault::Fault,
    forms::{AnswerParts, FormFlash, answer::session},
    pages::console::sandbox_call::{CALL_FORM, LAST_CALL, try_it_path},
    sandbox_call::{SandboxCaller, SandboxOrder, SandboxRefusal},
    visit::{texts, visit},
};
use http::StatusCode;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use serde::{Deserialize, Serialize};
use serde_json::json;
use tallyport_domain::{books::IdempotencyKey, ids::AppId};
use tallyport_service::Member;

/// Where the form posts to.
pub(crate) const TRY_IT_ACTION: &str = "/ui/try_it";

/// More than the API takes of any field, so that cutting here changes no verdict; what was sent is
/// kept in the session and has to stay small.
const FIELD_CHARS_MAX: usize = 600;

/// What the form asks for.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct CallForm {
    #[serde(default)]
    pub(crate) order_id: String,
    #[serde(default)]
    pub(crate) amount: String,
    #[serde(default)]
    pub(crate) currency: String,
    #[serde(default)]
    pub(crate) method: String,
    #[serde(default)]
    pub(crate) description: String,
    #[serde(default)]
    pub(crate) idempotency_key: String,
}

/// Signs and makes the call, then goes to the page that shows it.
#[server(prefix = "/ui", endpoint = "try_it")]
pub(crate) async fn try_it(
    #[server(default)] application: String,
    #[server(default)] order_id: String,
    #[server(default)] amount: String,
    #[server(default)] currency: String,
    #[server(default)] method: String,
    #[server(default)] description: String,
    #[server(default)] idempotency_key: String,
) -> Result<(), ServerFnError> {
    let Ok(application_id) = application.parse::<AppId>() else {
        not_found();
        return Ok(());
    };
    let Some(member) = poster(&try_it_path(application_id)) else { return Ok(()) };
    let form = CallForm { order_id, amount, currency, method, description, idempotency_key }.cut();
    if let Err(fault) = answer(member, application_id, &form).await {
        fault.report();
    }
    Ok(())
}

async fn answer(member: Member, application_id: AppId, form: &CallForm) -> Result<(), Fault> {
    let key = form.idempotency_key.as_str();
    if !key.is_empty() && key.parse::<IdempotencyKey>().is_err() {
        return refuse(application_id, form, texts().try_it.key_fault).await;
    }
    let caller = use_context::<SandboxCaller>().ok_or(Fault::Missing("no way to the API was provided"))?;
    let order = SandboxOrder {
        member,
        application_id,
        idempotency_key: Some(key.to_owned()).filter(|key| !key.is_empty()),
        body: form.body(),
        language: visit().language,
    };
    match caller.call(order).await {
        Ok(call) => {
            let session = session().ok_or(Fault::Missing("no session was provided"))?;
            session.insert(LAST_CALL, call).await?;
            let result = format!("{}#result", try_it_path(application_id));
            AnswerParts::current().see_other(&here(&result));
            Ok(())
        }
        Err(SandboxRefusal::NoSuchApplication) => {
            not_found();
            Ok(())
        }
        Err(SandboxRefusal::NoCredential) => refuse(application_id, form, texts().try_it.no_credential).await,
        Err(SandboxRefusal::UnfitKey) => refuse(application_id, form, texts().try_it.key_fault).await,
        Err(SandboxRefusal::Service(error)) => Err(error.into()),
    }
}

async fn refuse(application_id: AppId, form: &CallForm, why: &str) -> Result<(), Fault> {
    let mut kept = form.fields().into_iter().fold(FormFlash::new(), |kept, (name, value)| kept.keep(name, value));
    kept.refuse("idempotency_key", why);
    kept.send_back(CALL_FORM, &here(&try_it_path(application_id))).await
}

/// A bare status; the server makes the page of it.
fn not_found() {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(StatusCode::NOT_FOUND);
    }
}

impl CallForm {
    pub(crate) fn fields(&self) -> [(&'static str, &str); 6] {
        [
            ("order_id", &self.order_id),
            ("amount", &self.amount),
            ("currency", &self.currency),
            ("method", &self.method),
            ("description", &self.description),
            ("idempotency_key", &self.idempotency_key),
        ]
    }

    fn cut(self) -> Self {
        let cut = |text: String| -> String { text.trim().chars().take(FIELD_CHARS_MAX).collect() };
        Self {
            order_id: cut(self.order_id),
            amount: cut(self.amount),
            currency: cut(self.currency),
            method: cut(self.method),
            description: cut(self.description),
            idempotency_key: cut(self.idempotency_key),
        }
    }

    /// The body of the call. Nothing is checked here: the API is to say what it thinks of it.
    fn body(&self) -> String {
        let mut body = json!({
            "order_id": self.order_id,
            "amount": self.amount,
            "currency": self.currency,
            "method": self.method,
        });
        if !self.description.is_empty() {
            body["description"] = json!(self.description);
        }
        body.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::{CallForm, FIELD_CHARS_MAX};

    #[test]
    fn body_has_a_description_only_when_there_is_one() {
        let form = CallForm { order_id: "A-1".to_owned(), amount: "1.00".to_owned(), ..CallForm::default() };
        assert_eq!(form.body(), r#"{"order_id":"A-1","amount":"1.00","currency":"","method":""}"#);
        let form = CallForm { description: "two \"coffees\"".to_owned(), ..form };
        assert!(form.body().ends_with(r#","description":"two \"coffees\""}"#), "{}", form.body());
    }

    #[test]
    fn fields_are_bounded() {
        let form = CallForm { description: "支".repeat(10_000), ..CallForm::default() }.cut();
        assert_eq!(form.description.chars().count(), FIELD_CHARS_MAX);
    }
}
