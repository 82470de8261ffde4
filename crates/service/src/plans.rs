//! Plans: made, changed and given to applications by administrators. Every process goes by a change within
//! a second; each stands in the audit log with what was there before.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Value, json};
use tallyport_domain::ids::{AppId, PlanId};
use tallyport_domain::plan::{CallLimits, Plan, PlanFault, PlanText, Rate};
use tallyport_storage::{StorageError, Tx, plans};

use crate::Services;
use crate::admin::{AdminRefusal, Administrator, Authority};
use crate::audit::Deed;
use crate::caller::Caller;
use crate::error::ServiceError;
use crate::ports::random_bytes;

/// How many plans there may be: every process keeps all of them at hand.
pub const PLANS_MAX: usize = 50;

/// A plan and how many applications have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanInUse {
    /// The plan.
    pub plan: Plan,
    /// How many have it.
    pub applications: u64,
}

/// What is in force for a caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitsInForce {
    /// The name of the plan that says so; none when the settings do.
    pub plan: Option<String>,
    /// How often the caller may call.
    pub limits: CallLimits,
}

/// Why a plan is not made, changed, given or taken away.
#[derive(Debug, thiserror::Error)]
pub enum PlanRefusal {
    /// Whoever asks may not, or there is no such plan or application.
    #[error(transparent)]
    Admin(#[from] AdminRefusal),
    /// What is wrong with it.
    #[error("some fields have to be corrected")]
    Faults(Vec<PlanFault>),
    /// Another plan has the name.
    #[error("another plan has this name")]
    NameTaken,
    /// There are as many as there may be.
    #[error("there are {PLANS_MAX} plans; take one away first")]
    TooMany,
    /// Applications have it.
    #[error("applications have this plan")]
    InUse,
    /// What was typed is not its name.
    #[error("the name that was typed is not the plan's")]
    OtherName,
}

impl From<StorageError> for PlanRefusal {
    fn from(error: StorageError) -> Self {
        if error.is_conflict_on(plans::NAME_IS_UNIQUE) { Self::NameTaken } else { Self::Admin(error.into()) }
    }
}

impl From<ServiceError> for PlanRefusal {
    fn from(error: ServiceError) -> Self {
        Self::Admin(error.into())
    }
}

impl Services {
    /// How often a caller may call right now, at most a second old.
    pub async fn limits_in_force(&self, caller: &Caller) -> Result<LimitsInForce, ServiceError> {
        // Of a credential that ended a moment ago nothing is known any more; its last calls go by the settings.
        let credential = self.find_credential(caller.api_key).await?;
        if let Some(id) = credential.and_then(|credential| credential.plan_id)
            && let Some(plan) = self.plans().await?.get(&id)
        {
            return Ok(LimitsInForce { plan: Some(plan.name.clone()), limits: plan.limits });
        }
        let settings = self.settings().await?;
        let (reads, writes) = (settings.reads_per_second, settings.writes_per_second);
        let limits = CallLimits { reads: Rate::per_second(reads), writes: Rate::per_second(writes) };
        Ok(LimitsInForce { plan: None, limits })
    }

    async fn plans(&self) -> Result<Arc<HashMap<PlanId, Plan>>, ServiceError> {
        let read = async {
            let all = plans::list(&mut self.db().read().await?).await?;
            Ok(Arc::new(all.into_iter().map(|plan| (plan.id, plan)).collect()))
        };
        self.recent_plans().or_read(read).await
    }

    /// All plans, by name, with how many applications have each.
    pub async fn list_plans(&self, _by: &Administrator) -> Result<Vec<PlanInUse>, ServiceError> {
        let mut reader = self.db().read().await?;
        let counts: HashMap<PlanId, i64> = plans::count_applications(&mut reader).await?.into_iter().collect();
        let all = plans::list(&mut reader).await?;
        let used = |plan: &Plan| counts.get(&plan.id).copied().and_then(|count| u64::try_from(count).ok());
        Ok(all.into_iter().map(|plan| PlanInUse { applications: used(&plan).unwrap_or(0), plan }).collect())
    }

    /// Makes a plan.
    pub async fn make_plan(&self, by: &Authority, text: PlanText<'_>) -> Result<PlanId, PlanRefusal> {
        let (name, limits) = text.read().map_err(PlanRefusal::Faults)?;
        let now_ms = self.clock().now_ms();
        let plan = Plan { id: PlanId::from_parts(now_ms, random_bytes(self.randomness())), name, limits };
        let mut tx = self.db().begin_write().await?;
        self.confirm_authority(&mut tx, by).await?;
        // Whoever makes one at the same moment waits here, so that the count holds.
        tallyport_storage::audit::lock_end(&mut tx).await?;
        if plans::list(&mut tx).await?.len() >= PLANS_MAX {
            return Err(PlanRefusal::TooMany);
        }
        plans::insert(&mut tx, &plan, now_ms).await?;
        let deed = Deed { action: "plan.made", object: plan.id.to_string(), detail: shown(&plan) };
        self.record(&mut tx, &by.actor(), deed).await?;
        tx.commit().await?;
        self.recent_plans().forget();
        Ok(plan.id)
    }

    /// Gives a plan another name and other limits, for every application that has it.
    pub async fn change_plan(&self, by: &Authority, id: PlanId, text: PlanText<'_>) -> Result<(), PlanRefusal> {
        let (name, limits) = text.read().map_err(PlanRefusal::Faults)?;
        let after = Plan { id, name, limits };
        let mut tx = self.db().begin_write().await?;
        self.confirm_authority(&mut tx, by).await?;
        tallyport_storage::audit::lock_end(&mut tx).await?;
        let before = find(&mut tx, id).await?;
        if before == after {
            return Ok(());
        }
        plans::update(&mut tx, &after).await?;
        let detail = json!({ "from": shown(&before), "to": shown(&after) });
        let deed = Deed { action: "plan.changed", object: id.to_string(), detail };
        self.record(&mut tx, &by.actor(), deed).await?;
        tx.commit().await?;
        self.recent_plans().forget();
        Ok(())
    }

    /// Takes a plan away that no application has, when the administrator typed its name.
    pub async fn delete_plan(&self, by: &Authority, id: PlanId, typed_name: &str) -> Result<(), PlanRefusal> {
        let mut tx = self.db().begin_write().await?;
        self.confirm_authority(&mut tx, by).await?;
        // Whoever gives it to an application at the same moment waits here, or came first.
        tallyport_storage::audit::lock_end(&mut tx).await?;
        let plan = find(&mut tx, id).await?;
        if typed_name.trim() != plan.name {
            return Err(PlanRefusal::OtherName);
        }
        if plans::count_applications(&mut tx).await?.iter().any(|(used, _)| *used == id) {
            return Err(PlanRefusal::InUse);
        }
        plans::delete(&mut tx, id).await?;
        let deed = Deed { action: "plan.deleted", object: id.to_string(), detail: shown(&plan) };
        self.record(&mut tx, &by.actor(), deed).await?;
        tx.commit().await?;
        self.recent_plans().forget();
        Ok(())
    }

    /// Which plan an application has; none when it goes by the settings.
    pub async fn plan_of_application(
        &self,
        _by: &Administrator,
        application: AppId,
    ) -> Result<Option<PlanId>, ServiceError> {
        Ok(plans::find_of_application(&mut self.db().read().await?, application).await?)
    }

    /// Gives an application a plan, or lets it go by the settings.
    pub async fn give_plan(&self, by: &Authority, application: AppId, plan: Option<PlanId>) -> Result<(), PlanRefusal> {
        let mut tx = self.db().begin_write().await?;
        self.confirm_authority(&mut tx, by).await?;
        tallyport_storage::audit::lock_end(&mut tx).await?;
        let before = plans::find_of_application(&mut tx, application).await?;
        if let Some(id) = plan {
            find(&mut tx, id).await?;
        }
        if !plans::set_of_application(&mut tx, application, plan).await? {
            return Err(AdminRefusal::Unknown.into());
        }
        let text = |plan: Option<PlanId>| plan.map(|id| id.to_string());
        let detail = json!({ "from": text(before), "to": text(plan) });
        let deed = Deed { action: "application.plan_given", object: application.to_string(), detail };
        self.record(&mut tx, &by.actor(), deed).await?;
        tx.commit().await?;
        self.forget_credentials();
        Ok(())
    }
}

async fn find(tx: &mut Tx, id: PlanId) -> Result<Plan, PlanRefusal> {
    let all = plans::list(tx).await?;
    all.into_iter().find(|plan| plan.id == id).ok_or(PlanRefusal::Admin(AdminRefusal::Unknown))
}

fn shown(plan: &Plan) -> Value {
    let CallLimits { reads, writes } = plan.limits;
    json!({
        "name": plan.name,
        "reads_per_second": reads.per_second, "reads_burst": reads.burst,
        "writes_per_second": writes.per_second, "writes_burst": writes.burst,
    })
}
