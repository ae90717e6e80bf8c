//! The GraphQL types, one per file, with their resolvers; `filter` has the inputs.

pub(crate) mod filter;

// Values.
pub(crate) mod date;
pub(crate) mod date_time;
pub(crate) mod distance;
pub(crate) mod mark;
pub(crate) mod partial_date;
pub(crate) mod year_span;

// The Games and their participants.
pub(crate) mod delegation;
pub(crate) mod games;
pub(crate) mod host_city;
pub(crate) mod host_effect;
pub(crate) mod lineage;
pub(crate) mod nation;
pub(crate) mod participation;
pub(crate) mod venue;

// The programme.
pub(crate) mod discipline;
pub(crate) mod event;
pub(crate) mod event_family;
pub(crate) mod programme_change;
pub(crate) mod sport;
pub(crate) mod streak;

// One event at one Games.
pub(crate) mod course;
pub(crate) mod event_edition;
pub(crate) mod narrative;
pub(crate) mod phase;
pub(crate) mod phase_result;
pub(crate) mod preview_note;
pub(crate) mod qualification;

// Athletes and what they achieved.
pub(crate) mod athlete;
pub(crate) mod competitor;
pub(crate) mod entry;
pub(crate) mod event_result;
pub(crate) mod head_to_head;
pub(crate) mod medal_award;
pub(crate) mod medal_count;
pub(crate) mod medal_recipient;
pub(crate) mod medal_table;
pub(crate) mod medalist;
pub(crate) mod record_mark;

// Across everything.
pub(crate) mod about;
pub(crate) mod cost;
pub(crate) mod data_change;
pub(crate) mod external_id;
pub(crate) mod list_size;
pub(crate) mod named;
pub(crate) mod node;
pub(crate) mod on_this_day;
pub(crate) mod search;
pub(crate) mod source;

#[cfg(test)]
mod tests {
    use async_graphql::Context;
    use async_graphql::resolver_utils::ContainerType;

    use super::{athlete, event, event_edition, games, medal_award, medal_table, nation, phase_result};

    /// async-graphql puts the future of each field in a box as large as the largest resolver of the type, even for the field `name`. So resolvers
    /// with large futures box them.
    #[test]
    fn every_field_takes_little_memory() {
        fn size<A, B, F>(_: impl Fn(A, B) -> F) -> usize {
            size_of::<F>()
        }
        macro_rules! sizes {
            ($($type:path),*) => {
                [$((stringify!($type), size::<&'static $type, &'static Context<'static>, _>(<$type as ContainerType>::resolve_field))),*]
            };
        }
        let sizes = sizes![
            athlete::Athlete,
            event::Event,
            event_edition::EventEdition,
            games::Games,
            medal_award::MedalAward,
            medal_table::MedalTableRow,
            nation::Nation,
            phase_result::PhaseResult
        ];
        for (name, bytes) in sizes {
            assert!((100..2048).contains(&bytes), "{name}: {bytes} bytes");
        }
    }
}
