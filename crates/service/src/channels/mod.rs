//! Channels: who takes the payer's money and who pays out. Each has several instances; this module
//! chooses among them by [`tallyport_domain::routing`] and keeps, for this process, how each does.
//!
//! What an instance can say without leaving the process is decided in the lane, in the transaction of
//! the call. Everything else is asked outside of every transaction, and the answer comes back as a
//! command of its own. Which instance has a payment is written with it before it is asked, so whoever
//! takes the payment up later asks the same one.

mod channel;
mod instances;
mod sandbox;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, RwLock};
use std::time::Duration;

use tallyport_domain::Environment;
use tallyport_domain::channel::{Channel as ChannelName, ChannelAnswer, ChannelInstance, InstanceName};
use tallyport_domain::routing::{Attempt, Breaker, Journey, Routes};
use tokio::time::MissedTickBehavior;

pub(crate) use self::channel::{Channel, Heard, Order, Reply};
pub use self::instances::InstanceAsSeen;
use crate::Services;
use crate::error::ServiceError;
use crate::ports::Clock;

/// Whether any channel works in this world. Channels for real money are configured by the operator;
/// this program ships none.
pub(crate) const fn work_in(environment: Environment) -> bool {
    matches!(environment, Environment::Sandbox)
}

/// How often a process looks at what administrators want.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// The channels of this process. What is known of them is at hand without a look into the database, which
/// a payment would have to wait for.
#[derive(Default)]
pub(crate) struct Channels {
    known: RwLock<Arc<[ChannelInstance]>>,
    desk: Arc<Mutex<Desk>>,
}

/// How the instances do, by their place among those of their channel.
#[derive(Default)]
struct Desk {
    /// What the routes were last tuned to.
    tuned_to: Option<Arc<[ChannelInstance]>>,
    routes: HashMap<ChannelName, Routes>,
}

/// The instances at this moment, and the way to call them.
#[derive(Clone)]
pub(crate) struct Roster {
    instances: Arc<[ChannelInstance]>,
    desk: Arc<Mutex<Desk>>,
    clock: Arc<dyn Clock>,
}

/// What came of putting something to a channel.
#[derive(Debug)]
pub(crate) enum Put {
    /// An instance was asked, and this is known of it.
    Answered(Option<InstanceName>, ChannelAnswer),
    /// This instance takes it, once it is written down.
    Waits(Option<InstanceName>),
    /// No instance can be reached. Nothing was done.
    Unreachable,
}

impl Services {
    /// The instances, at most a second behind what administrators want.
    pub(crate) fn roster(&self) -> Roster {
        let channels = &self.0.channels;
        let instances = Arc::clone(&channels.known.read().expect("no holder of the lock panics"));
        Roster { instances, desk: Arc::clone(&channels.desk), clock: Arc::clone(&self.0.clock) }
    }

    /// Looks at what administrators want.
    pub(crate) async fn look_at_channels(&self) -> Result<(), ServiceError> {
        let all = tallyport_storage::channel_instances::list(&mut self.db().read().await?).await?;
        let mut known = self.0.channels.known.write().expect("no holder of the lock panics");
        if **known != *all {
            *known = all.into();
        }
        Ok(())
    }
}

/// Looks again and again, until the services are drained.
pub(crate) async fn keep_looking(services: Services) {
    let mut look = tokio::time::interval(LOOK_EVERY);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = services.0.draining.begun() => return,
            _ = look.tick() => {}
        }
        if let Err(error) = services.look_at_channels().await {
            tracing::warn!(%error, "the channels are what they were a moment ago: {error}");
        }
    }
}

impl Roster {
    /// Puts something new to whichever instance of a channel has the least to do for its weight, and to
    /// the next one as long as nothing can have happened. `draw` decides between equals.
    pub(crate) fn put(&self, channel: ChannelName, draw: u64, ask: impl Fn(&dyn Channel) -> Reply) -> Put {
        if self.of(channel).next().is_none() {
            // What is inside of the platform has no instances, and cannot be out of reach.
            return self.put_to(channel, None, ask);
        }
        let mut attempt = Attempt::default();
        let mut journey = self.routes(channel, |routes, now_ms| routes.begin(&mut attempt, draw, now_ms));
        while let Journey::Call { instance: place } = journey {
            let Some(instance) = self.of(channel).nth(place) else { break };
            let heard = match ask(sandbox::instance(instance.drill)) {
                Reply::Later(_) => {
                    self.routes(channel, |routes, now_ms| routes.not_made(place, now_ms));
                    return Put::Waits(Some(instance.name.clone()));
                }
                Reply::Now(heard) => heard,
            };
            journey =
                self.routes(channel, |routes, now_ms| routes.ended(&mut attempt, place, heard.end(), draw, now_ms));
            self.count(channel, place, heard);
            if heard != Heard::NotSent {
                return Put::Answered(Some(instance.name.clone()), heard.answer());
            }
        }
        Put::Unreachable
    }

    /// Puts something to the instance that has the payment, and to no other.
    pub(crate) fn put_to(
        &self,
        channel: ChannelName,
        name: Option<&InstanceName>,
        ask: impl Fn(&dyn Channel) -> Reply,
    ) -> Put {
        let (place, adapter) = self.named(channel, name);
        let heard = match ask(adapter) {
            Reply::Later(_) => return Put::Waits(name.cloned()),
            Reply::Now(heard) => heard,
        };
        self.begin_at(channel, place);
        self.ended_at(channel, place, heard);
        match heard {
            Heard::NotSent => Put::Unreachable,
            heard => Put::Answered(name.cloned(), heard.answer()),
        }
    }

    /// Asks the instance that has the payment and waits for what it says.
    pub(crate) async fn ask(
        &self,
        channel: ChannelName,
        name: Option<&InstanceName>,
        ask: impl FnOnce(&dyn Channel) -> Reply,
    ) -> Heard {
        let (place, adapter) = self.named(channel, name);
        self.begin_at(channel, place);
        let heard = match ask(adapter) {
            Reply::Now(heard) => heard,
            Reply::Later(underway) => underway.await,
        };
        self.ended_at(channel, place, heard);
        heard
    }

    /// How often the instance tells what it was asked.
    pub(crate) fn times_told(&self, channel: ChannelName, name: Option<&InstanceName>, order: &Order) -> usize {
        self.named(channel, name).1.times_told(order)
    }

    fn of(&self, channel: ChannelName) -> impl Iterator<Item = &ChannelInstance> {
        self.instances.iter().filter(move |instance| instance.channel == channel)
    }

    fn named(&self, channel: ChannelName, name: Option<&InstanceName>) -> (Option<usize>, &'static dyn Channel) {
        let found = self.of(channel).enumerate().find(|(_, instance)| Some(&instance.name) == name);
        (found.map(|(place, _)| place), sandbox::instance(found.and_then(|(_, instance)| instance.drill)))
    }

    fn begin_at(&self, channel: ChannelName, place: Option<usize>) {
        if let Some(place) = place {
            self.routes(channel, |routes, _| routes.begin_at(place));
        }
    }

    fn ended_at(&self, channel: ChannelName, place: Option<usize>, heard: Heard) {
        let Some(place) = place else { return };
        self.routes(channel, |routes, now_ms| routes.ended_at(place, heard.end(), now_ms));
        self.count(channel, place, heard);
    }

    /// Works on the routes of a channel, tuned to what administrators want.
    fn routes<T>(&self, channel: ChannelName, work: impl FnOnce(&mut Routes, i64) -> T) -> T {
        let now_ms = self.clock.now_ms();
        let mut desk = self.desk();
        if !desk.tuned_to.as_ref().is_some_and(|tuned| Arc::ptr_eq(tuned, &self.instances)) {
            self.tune(&mut desk);
        }
        work(desk.routes.entry(channel).or_insert_with(|| Routes::new(&[])), now_ms)
    }

    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().expect("no holder of the lock panics")
    }

    fn tune(&self, desk: &mut Desk) {
        for channel in ChannelName::ALL {
            let weights: Vec<_> = self.of(*channel).map(|instance| instance.weight.get()).collect();
            let routes = desk.routes.entry(*channel).or_insert_with(|| Routes::new(&weights));
            // Rows are never added while a process runs, unless a newer version adds them.
            if routes.count() != weights.len() {
                *routes = Routes::new(&weights);
            }
            for (place, instance) in self.of(*channel).enumerate() {
                routes.tune(place, instance.weight.get(), instance.is_enabled);
            }
        }
        desk.tuned_to = Some(Arc::clone(&self.instances));
    }

    /// Tells Prometheus how a call ended and how the instance does.
    fn count(&self, channel: ChannelName, place: usize, heard: Heard) {
        let Some(instance) = self.of(channel).nth(place) else { return };
        let name = instance.name.as_str();
        let end = match heard {
            Heard::Answer(_) => "answered",
            Heard::NotSent => "not_sent",
            Heard::NoAnswer => "no_answer",
        };
        metrics::counter!("tallyport_channel_calls_total", "instance" => name.to_owned(), "end" => end).increment(1);
        let state = self.routes(channel, |routes, _| routes.breaker(place)).name();
        for known in Breaker::NAMES {
            let gauge = metrics::gauge!("tallyport_channel_state", "instance" => name.to_owned(), "state" => known);
            gauge.set(if known == state { 1.0 } else { 0.0 });
        }
    }
}
