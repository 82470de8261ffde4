//! What administrators see of a channel's instances, and how they change it.

use serde_json::json;
use tallyport_domain::channel::{ChannelInstance, Drill, InstanceName, InstanceWeight};
use tallyport_domain::routing::Breaker;
use tallyport_storage::channel_instances;

use crate::Services;
use crate::admin::{AdminRefusal, Administrator, Authority};
use crate::audit::Deed;
use crate::error::ServiceError;

/// An instance, and how it does in this process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstanceAsSeen {
    /// What administrators want of it.
    pub instance: ChannelInstance,
    /// How many calls it has at the moment.
    pub in_flight: u32,
    /// Whether it is left alone.
    pub breaker: Breaker,
}

impl Services {
    /// Every instance, by name.
    pub async fn channel_instances(&self, _by: &Administrator) -> Result<Vec<InstanceAsSeen>, ServiceError> {
        self.look_at_channels().await?;
        let roster = self.roster();
        let seen = |instance: &ChannelInstance| {
            let place = roster.named(instance.channel, Some(&instance.name)).0.unwrap_or(usize::MAX);
            let (in_flight, breaker) =
                roster.routes(instance.channel, |routes, _| (routes.in_flight(place), routes.breaker(place)));
            InstanceAsSeen { instance: instance.clone(), in_flight, breaker }
        };
        Ok(roster.instances.iter().map(seen).collect())
    }

    /// Changes what is wanted of an instance. Every process goes by it within a second; payments that the
    /// instance has are asked about there all the same.
    pub async fn change_channel_instance(
        &self,
        by: &Authority,
        name: &InstanceName,
        weight: InstanceWeight,
        is_enabled: bool,
        drill: Option<Drill>,
    ) -> Result<(), AdminRefusal> {
        let mut tx = self.db().begin_write().await?;
        self.confirm_authority(&mut tx, by).await?;
        // The end of the log is locked from here on, so that of two changes at once each names what the
        // other left.
        tallyport_storage::audit::lock_end(&mut tx).await?;
        let all = channel_instances::list(&mut tx).await?;
        let before = all.into_iter().find(|instance| instance.name == *name).ok_or(AdminRefusal::Unknown)?;
        let after = ChannelInstance { weight, is_enabled, drill, ..before.clone() };
        if before == after {
            return Ok(());
        }
        if !channel_instances::change(&mut tx, &after).await? {
            return Err(AdminRefusal::Unknown);
        }
        let detail = json!({ "from": said(&before), "to": said(&after) });
        let deed = Deed { action: "channel_instance.changed", object: name.to_string(), detail };
        self.record(&mut tx, &by.actor(), deed).await?;
        tx.commit().await?;
        Ok(self.look_at_channels().await?)
    }
}

fn said(instance: &ChannelInstance) -> serde_json::Value {
    json!({
        "weight": instance.weight.get(),
        "enabled": instance.is_enabled,
        "drill": instance.drill.map(Drill::as_str),
    })
}
