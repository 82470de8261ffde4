//! What an application is charged, and changing that.

use crate::{
    components::{Button, Card},
    forms::{Field, Form, FormFlash},
    pages::fee_facts::fee_facts,
    visit::texts,
};
use leptos::prelude::*;
use tallyport_domain::{Currency, fee::Fee, ids::AppId};

/// The form's name, under which a refused one is kept.
pub(crate) const SET_FEE_FORM: &str = "set_fee";

#[component]
pub(super) fn Fees(application: AppId, fees: Vec<(Currency, Fee)>, flash: FormFlash) -> impl IntoView {
    let own = &texts().fees;
    view! {
        <div id="fees">
            <Card title=own.title>
                <div class="stack">
                    <p class="soft">{own.lead}</p>
                    {fee_facts(fees)}
                    <div class="console-form">
                        <Form name=SET_FEE_FORM action="/ui/set_fee" flash=flash>
                            <input type="hidden" name="application" value=application.to_string() />
                            <Field name="currency" label=own.currency hint=own.currency_hint autocomplete="off" />
                            <Field name="percent" label=own.percent hint=own.percent_hint autocomplete="off" />
                            <Field name="fixed" label=own.fixed hint=own.fixed_hint autocomplete="off" />
                            <div class="form-actions">
                                <Button>{own.set}</Button>
                            </div>
                        </Form>
                    </div>
                </div>
            </Card>
        </div>
    }
}
