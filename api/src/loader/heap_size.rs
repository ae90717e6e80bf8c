//! How much memory loaded values take, for the row cache. Each type of value must say it, so that none counts as zero by mistake.

use std::sync::Arc;

use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Value;
use sea_orm::{EntityTrait, Iterable, ModelTrait};

/// A value whose memory can be counted.
pub(crate) trait HeapSize {
    /// About how many bytes it holds on the heap, besides itself.
    fn heap_bytes(&self) -> usize;
}

/// Declares which fields of a type hold memory on the heap: `on_heap!(Found { name })`.
macro_rules! on_heap {
    ($type:ty { $($($field:ident).+),* }) => {
        impl $crate::loader::heap_size::HeapSize for $type {
            fn heap_bytes(&self) -> usize {
                0 $(+ $crate::loader::heap_size::HeapSize::heap_bytes(&self.$($field).+))*
            }
        }
    };
}
pub(crate) use on_heap;

on_heap!(bool {});
on_heap!(i32 {});
on_heap!(u32 {});
on_heap!(Uuid {});

impl HeapSize for String {
    fn heap_bytes(&self) -> usize {
        self.len()
    }
}

impl<T: HeapSize> HeapSize for Option<T> {
    fn heap_bytes(&self) -> usize {
        self.as_ref().map_or(0, T::heap_bytes)
    }
}

impl<T: HeapSize> HeapSize for Vec<T> {
    fn heap_bytes(&self) -> usize {
        size_of_val(self.as_slice()) + self.iter().map(T::heap_bytes).sum::<usize>()
    }
}

impl<T: HeapSize> HeapSize for Arc<[T]> {
    fn heap_bytes(&self) -> usize {
        size_of_val(&**self) + self.iter().map(T::heap_bytes).sum::<usize>()
    }
}

impl<A: HeapSize, B: HeapSize> HeapSize for (A, B) {
    fn heap_bytes(&self) -> usize {
        self.0.heap_bytes() + self.1.heap_bytes()
    }
}

/// A shared row is counted once for each holder.
impl<M: ModelTrait> HeapSize for Arc<M> {
    fn heap_bytes(&self) -> usize {
        let texts = <M::Entity as EntityTrait>::Column::iter().map(|column| match self.get(column) {
            Value::String(Some(text)) => text.len(),
            _ => 0,
        });
        size_of::<M>() + texts.sum::<usize>()
    }
}

#[cfg(test)]
mod tests {
    use podium_entity::lineage;

    use super::*;

    #[test]
    fn a_list_of_rows_weighs_all_of_their_texts() {
        let lineage = |name: &str| {
            Arc::new(lineage::Model { id: Uuid::nil(), slug: "german".into(), name: name.into(), display_nation_id: Uuid::nil() })
        };
        let row = size_of::<lineage::Model>() + "german".len();
        assert_eq!(lineage("Germany").heap_bytes(), row + 7);
        let pointer = size_of::<Arc<lineage::Model>>();
        assert_eq!(vec![lineage(&"x".repeat(1_000)), lineage("")].heap_bytes(), 2 * (pointer + row) + 1_000);
        assert_eq!((Some("four".to_owned()), 7).heap_bytes(), 4);
    }
}
