//! Finds every occurrence of some sequences of words, in one pass over the text.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::gram::NONE;
use crate::search::forward::Token;

/// Sequences of words by their beginnings (a trie): a node for each word that a sequence begins with, and below each node one for each word
/// that may follow.
pub(super) struct Trie {
    /// By word, the node of the sequences that begin with it, or [`NONE`].
    roots: Vec<u32>,
    /// By node and next word, the node below.
    below: HashMap<(u32, u32), u32, FixedState>,
    /// By node, the row of the sequence that ends there, or [`NONE`].
    rows: Vec<u32>,
}

impl Trie {
    /// A trie of sequences of words with numbers below `words`.
    pub(super) fn new(words: usize) -> Self {
        Self { roots: vec![NONE; words], below: HashMap::default(), rows: Vec::new() }
    }

    /// Adds a sequence, which is called `row` when it is found.
    pub(super) fn add(&mut self, words: &[u32], row: u32) {
        let mut node = NONE;
        for (at, word) in words.iter().enumerate() {
            let new = u32::try_from(self.rows.len()).unwrap_or(NONE);
            let next = if at == 0 {
                let Some(root) = self.roots.get_mut(*word as usize) else { return };
                if *root == NONE {
                    *root = new;
                }
                *root
            } else {
                *self.below.entry((node, *word)).or_insert(new)
            };
            if next == new {
                self.rows.push(NONE);
            }
            node = next;
        }
        if let Some(of_node) = self.rows.get_mut(node as usize) {
            *of_node = row;
        }
    }

    /// Calls `found` with the row of each occurrence of a sequence in a paragraph. None goes over the end of a sentence.
    pub(super) fn each_in(&self, tokens: &[Token], mut found: impl FnMut(u32)) {
        for start in 0..tokens.len() {
            let mut node = NONE;
            for (at, token) in tokens.get(start..).unwrap_or_default().iter().enumerate() {
                let next = match at {
                    0 => self.roots.get(token.word() as usize).copied(),
                    _ => self.below.get(&(node, token.word())).copied(),
                };
                let Some(next) = next.filter(|next| *next != NONE) else { break };
                if let Some(row) = self.rows.get(next as usize).filter(|row| **row != NONE) {
                    found(*row);
                }
                if token.ends_sentence() {
                    break;
                }
                node = next;
            }
        }
    }
}
