//! Where a payer does what a payment waits for: the bank's page that a card's holder authenticates on,
//! the code that a wallet scans, and the page that stands in for the wallet. In the sandbox whoever
//! tries it plays the payer. Nobody signs in here.

use super::{
    console::{id_in_path, money_text::money_text},
    loaded::{keep_no_copy, loaded, set_header},
    not_found::NotFound,
};
use crate::{
    components::{Badge, Button, ButtonKind, ButtonLink, KeyValue, KeyValues, Moment, Tone},
    fault::Fault,
    functions::entry::services,
    islands::LocalTimes,
    layout::PayerFrame,
    visit::texts,
};
use http::{HeaderName, HeaderValue, header};
use leptos::prelude::*;
use tallyport_domain::{
    ids::PaymentId,
    payment::{ActionKind, Method, PaymentState, Wallet},
};
use tallyport_service::{Services, payer_pages::PayersPayment};

/// The page that a partner sends the payer to.
#[component]
pub(crate) fn PayerPage() -> impl IntoView {
    payers_page(|services, found| {
        Ok(match found.payment.state {
            PaymentState::RequiresAction { action: ActionKind::Scan, .. } => {
                let id = found.payment.asked.id;
                scanning(id, services.wallet_code(id)?)
            }
            PaymentState::RequiresAction { .. } => acting(found, Place::PayerPage),
            _ => ended(found, true),
        })
    })
}

/// The page that a scanned code leads to: what the payer's wallet would show.
#[component]
pub(crate) fn WalletPage() -> impl IntoView {
    payers_page(|_, found| {
        let is_scanned = matches!(found.payment.state, PaymentState::RequiresAction { action: ActionKind::Scan, .. });
        Ok(if is_scanned { acting(found, Place::Wallet) } else { ended(found, false) })
    })
}

/// On which of the pages a payer acts, and hence where they go afterwards.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    PayerPage,
    Wallet,
}

fn payers_page(content: impl FnOnce(&Services, &PayersPayment) -> Result<AnyView, Fault> + Send + 'static) -> AnyView {
    let id = id_in_path::<PaymentId>("payment");
    keep_no_copy();
    // The address is all that one needs to act, so no other site is told of it.
    set_header(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    loaded(async move {
        let services = services()?;
        let found = match id {
            Some(id) => services.find_payment_of_payer(id).await?,
            None => None,
        };
        let Some(found) = found else { return Ok(view! { <NotFound /> }.into_any()) };
        let content = content(&services, &found)?;
        Ok(page(&found, content))
    })
}

fn page(found: &PayersPayment, content: AnyView) -> AnyView {
    let asked = &found.payment.asked;
    let title = title(found);
    let facts = facts(found);
    let (environment, amount) = (asked.environment, money_text(asked.amount));
    view! {
        <PayerFrame title=title environment=environment>
            <div class="payer">
                <div class="stack-tight">
                    <h1>{title}</h1>
                    <p class="payer-amount">{amount}</p>
                </div>
                <KeyValues facts=facts />
                {content}
            </div>
            <LocalTimes />
        </PayerFrame>
    }
    .into_any()
}

fn title(found: &PayersPayment) -> &'static str {
    let texts = &texts().payer;
    match found.payment.state {
        PaymentState::RequiresAction { action, .. } => texts.action(action),
        PaymentState::Authorized { .. } | PaymentState::Taken(_) => texts.paid,
        PaymentState::Canceled | PaymentState::Failed { .. } => texts.not_paid,
        PaymentState::Expired => texts.too_late,
        PaymentState::Created { .. } | PaymentState::Processing | PaymentState::Unknown { .. } => texts.waiting,
    }
}

fn facts(found: &PayersPayment) -> Vec<KeyValue> {
    let own = &texts().payer;
    let asked = &found.payment.asked;
    let mut facts = vec![
        KeyValue::new(own.payee, found.application_name.clone()),
        KeyValue::new(texts().console.order, asked.order_id.to_string()),
    ];
    if let Some(description) = &asked.description {
        facts.push(KeyValue::new(texts().console.description, description.as_str().to_owned()));
    }
    facts.push(KeyValue::new(texts().console.method, own.method(asked.method)));
    if let PaymentState::RequiresAction { expires_at_ms, .. } = found.payment.state {
        facts.push(KeyValue::new(own.until, view! { <Moment at_ms=expires_at_ms /> }));
    }
    if matches!(asked.method, Method::Wallet(Wallet::BankTransfer)) {
        facts.push(KeyValue::new(own.reference, view! { <code>{asked.id.to_string()}</code> }));
    }
    facts
}

/// The code and the ways on: to the wallet's page for want of a phone, and to what became of it.
fn scanning(id: PaymentId, code: String) -> AnyView {
    let texts = &texts().payer;
    view! {
        <div class="stack">
            <p class="soft">{texts.scan_text}</p>
            <div class="qr-code" role="img" aria-label=texts.scan_picture inner_html=code></div>
            <div class="row">
                <ButtonLink href=tallyport_contract::payment::payer_path(id) kind=ButtonKind::Primary>
                    {texts.check}
                </ButtonLink>
                <ButtonLink href=Services::wallet_path(id)>{texts.open_wallet}</ButtonLink>
            </div>
        </div>
    }
    .into_any()
}

fn acting(found: &PayersPayment, place: Place) -> AnyView {
    let texts = &texts().payer;
    let asked = &found.payment.asked;
    if let (Place::PayerPage, Some(return_url)) = (place, &asked.return_url)
        && let Ok(origin) = HeaderValue::from_str(return_url.origin())
    {
        set_header(HeaderName::from_static(tallyport_contract::FORM_LEADS_TO), origin);
    }
    let place = if place == Place::Wallet { "wallet" } else { "page" };
    view! {
        <form class="stack" method="post" action="/ui/payer_acts">
            <input type="hidden" name="payment" value=asked.id.to_string() />
            <input type="hidden" name="place" value=place />
            <p class="soft">{texts.sandbox_note}</p>
            <div class="payer-choice">
                <Button kind=ButtonKind::PrimaryLarge name="deed" value="confirm">{texts.confirm}</Button>
                <Button kind=ButtonKind::PlainLarge name="deed" value="refuse">{texts.refuse}</Button>
            </div>
        </form>
    }
    .into_any()
}

/// What became of it. Who scanned a code goes on at the device that showed it.
fn ended(found: &PayersPayment, is_own_device: bool) -> AnyView {
    let own = &texts().payer;
    let status = found.payment.state.status();
    let tone = match found.payment.state {
        PaymentState::Authorized { .. } | PaymentState::Taken(_) => Tone::Good,
        PaymentState::Canceled | PaymentState::Failed { .. } | PaymentState::Expired => Tone::Bad,
        _ => Tone::Note,
    };
    let way_back = found.payment.asked.return_url.as_ref().filter(|_| is_own_device).map(|url| {
        let (href, text) = (url.as_str().to_owned(), own.back_to(url.host()));
        view! { <ButtonLink href=href kind=ButtonKind::Primary>{text}</ButtonLink> }
    });
    let hint = (!is_own_device).then(|| view! { <p class="soft">{own.other_device}</p> });
    view! {
        <div class="stack">
            <p>
                <Badge tone=tone text=texts().console.status(status) />
            </p>
            {hint}
            <div class="row">{way_back}</div>
        </div>
    }
    .into_any()
}
