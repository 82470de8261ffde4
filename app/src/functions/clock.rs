//! Moving the clock of an application's sandbox.

use super::{
    about::{about, done, refused, set_status},
    entry::here,
};
use crate::{
    fault::Fault,
    forms::FormFlash,
    pages::console::money::{
        clock::{self, CLOCK_FORM, STEPS_MS},
        paths::clock_path,
    },
    visit::texts,
};
use http::StatusCode;
use leptos::prelude::*;
use tallyport_domain::{
    ids::AppId,
    sandbox_clock::{Advance, ClockMove, ClockRefusal},
};
use tallyport_service::{Member, Services, sandbox_clock::MoveClockRefusal};

/// Moves the clock ahead, or lets it stand still or go.
#[server(prefix = "/ui", endpoint = "move_sandbox_clock")]
pub(crate) async fn move_sandbox_clock(
    #[server(default)] application: String,
    #[server(default)] deed: String,
    #[server(default)] by: String,
    #[server(default)] seen: String,
) -> Result<(), ServerFnError> {
    let step = STEPS_MS.iter().find(|(name, _)| *name == by).map(|(_, ms)| Advance::By(*ms));
    let wish = match (deed.as_str(), step, clock::read(&seen)) {
        // A clock never goes back, so the same form sent twice has to move it once.
        ("advance", Some(step), Some(seen)) => {
            ClockMove { advance: Some(step), seen: Some(seen), ..ClockMove::default() }
        }
        ("freeze", ..) => ClockMove { frozen: Some(true), ..ClockMove::default() },
        ("run", ..) => ClockMove { frozen: Some(false), ..ClockMove::default() },
        _ => {
            set_status(StatusCode::BAD_REQUEST);
            return Ok(());
        }
    };
    about(&application, clock_path, async |services, member, id: AppId| moved(&services, &member, id, wish).await).await
}

async fn moved(services: &Services, member: &Member, id: AppId, by: ClockMove) -> Result<(), Fault> {
    let own = &texts().clock;
    match services.move_member_clock(member, id, by).await {
        Ok(_) => done(&clock_path(id), own.moved).await,
        Err(MoveClockRefusal::Access(refusal)) => refused(refusal),
        Err(MoveClockRefusal::Service(error)) => Err(error.into()),
        Err(MoveClockRefusal::Clock(ClockRefusal::Moved)) => sent_back(id, own.meanwhile).await,
        Err(_) => sent_back(id, own.too_far).await,
    }
}

async fn sent_back(id: AppId, why: &'static str) -> Result<(), Fault> {
    let mut flash = FormFlash::new();
    flash.refuse("by", why);
    flash.send_back(CLOCK_FORM, &here(&clock_path(id))).await
}
