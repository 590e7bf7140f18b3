//! A thesaurus learnt from the corpus: stems that keep the same company have similar vectors.
//!
//! Stems are counted together within windows of a sentence; the counts become positive pointwise mutual information with
//! smoothed contexts (Levy, Goldberg and Dagan, *Improving distributional similarity with lessons learned from word
//! embeddings*, TACL 3, 2015), and its matrix is reduced by subspace iteration from a fixed random start (Halko, Martinsson
//! and Tropp, *Finding structure with randomness*, SIAM Review 53(2), 2011). The same corpus gives the same vectors.

use std::collections::HashSet;

use quotable_index::Result;

use crate::stem::StemId;

/// The length of a vector.
const DIMENSIONS: usize = 100;
/// Columns computed beside those kept, for accuracy.
const SPARE: usize = 8;
/// Multiplications of the subspace iteration.
const ROUNDS: usize = 4;
/// How far apart two stems of a sentence count as together.
const WINDOW: usize = 8;
/// The most stems that get a vector, the most frequent first: bounds memory to some 64 MB while learning.
const MOST_STEMS: usize = 4_000;
/// The power that flattens the distribution of contexts (Levy and others 2015, section 3.2).
const SMOOTHING: f64 = 0.75;

/// Vectors of stems.
#[derive(Debug, Clone, Default)]
pub(crate) struct Thesaurus {
    /// The row of each stem; `None` for rare ones.
    rows: Vec<Option<u32>>,
    dimensions: usize,
    /// Rows of length one.
    vectors: Vec<f32>,
}

impl Thesaurus {
    /// Learns from sentences; `paragraphs_with` says in how many paragraphs each stem is, and a stem needs `least` of
    /// them. `advance` is called between rounds, and its error ends the work.
    pub(crate) fn learn(
        sentences: &[Vec<StemId>],
        paragraphs_with: &[u32],
        least: u32,
        advance: &mut dyn FnMut(u64, u64) -> Result<()>,
    ) -> Result<Self> {
        let mut kept: Vec<usize> =
            (0..paragraphs_with.len()).filter(|&stem| paragraphs_with[stem] >= least).collect();
        kept.sort_by_key(|&stem| (std::cmp::Reverse(paragraphs_with[stem]), stem));
        kept.truncate(MOST_STEMS);
        let mut rows = vec![None; paragraphs_with.len()];
        for (row, &stem) in kept.iter().enumerate() {
            rows[stem] = Some(row as u32);
        }
        let size = kept.len();
        let dimensions = DIMENSIONS.min(size);
        if dimensions < 2 {
            return Ok(Self { rows: vec![None; paragraphs_with.len()], ..Self::default() });
        }
        let matrix = Sparse::information(&together(sentences, &rows, size), size);
        let vectors = matrix.reduce(dimensions, advance)?;
        Ok(Self { rows, dimensions, vectors })
    }

    /// The length of vectors.
    pub(crate) fn dimensions(&self) -> usize {
        self.dimensions
    }

    /// The vector of a stem; `None` for a rare one.
    pub(crate) fn vector(&self, stem: StemId) -> Option<&[f32]> {
        let row = (*self.rows.get(stem as usize)?)? as usize;
        self.vectors.get(row * self.dimensions..(row + 1) * self.dimensions)
    }

    /// The likeness of two stems, from -1 to 1: the cosine of their vectors, 1 for the same stem.
    pub(crate) fn likeness(&self, left: StemId, right: StemId) -> f64 {
        if left == right {
            return 1.0;
        }
        match (self.vector(left), self.vector(right)) {
            (Some(left), Some(right)) => f64::from(dot(left, right)),
            _ => 0.0,
        }
    }
}

/// The dot product.
pub(crate) fn dot(left: &[f32], right: &[f32]) -> f32 {
    left.iter().zip(right).map(|(left, right)| left * right).sum()
}

/// How often each pair of rows is together, a nearer pair counting more.
fn together(sentences: &[Vec<StemId>], rows: &[Option<u32>], size: usize) -> Vec<f32> {
    let mut counts = vec![0.0_f32; size * size];
    let mut seen = HashSet::new();
    let weights: Vec<f32> = (1..=WINDOW).map(|distance| 1.0 / (distance as f32).sqrt()).collect();
    for sentence in sentences {
        // Sentences repeated word for word say nothing new.
        if !seen.insert(sentence.as_slice()) {
            continue;
        }
        let known: Vec<usize> = sentence
            .iter()
            .filter_map(|&stem| rows.get(stem as usize).copied().flatten())
            .map(|row| row as usize)
            .collect();
        for (at, &left) in known.iter().enumerate() {
            for (distance, &right) in known[at + 1..].iter().take(WINDOW).enumerate() {
                if left != right {
                    counts[left * size + right] += weights[distance];
                    counts[right * size + left] += weights[distance];
                }
            }
        }
    }
    counts
}

/// A symmetric matrix by rows.
struct Sparse {
    rows: Vec<Vec<(u32, f32)>>,
}

impl Sparse {
    /// The positive pointwise mutual information of counts.
    fn information(counts: &[f32], size: usize) -> Self {
        let sums: Vec<f64> = (0..size)
            .map(|row| counts[row * size..(row + 1) * size].iter().map(|&count| f64::from(count)).sum())
            .collect();
        let smooth: Vec<f64> = sums.iter().map(|sum: &f64| sum.max(1e-9).powf(SMOOTHING)).collect();
        let all: f64 = smooth.iter().sum();
        let weight = |left: usize, right: usize, count: f32| {
            let one_way =
                |left: usize, right: usize| (f64::from(count) / sums[left] * all / smooth[right]).ln();
            f64::midpoint(one_way(left, right), one_way(right, left)) as f32
        };
        let row = |left: usize| {
            let counts = counts[left * size..(left + 1) * size].iter().enumerate();
            let known = counts.filter(|(_, count)| **count > 0.0);
            known
                .map(|(right, &count)| (right as u32, weight(left, right, count)))
                .filter(|(_, weight)| *weight > 0.0)
                .collect()
        };
        Self { rows: (0..size).map(row).collect() }
    }

    /// The product with a matrix of `width` columns, by rows.
    fn times(&self, right: &[f32], width: usize) -> Vec<f32> {
        let mut product = vec![0.0; self.rows.len() * width];
        for (row, out) in self.rows.iter().zip(product.chunks_exact_mut(width)) {
            for &(column, weight) in row {
                let from = &right[column as usize * width..(column as usize + 1) * width];
                for (out, value) in out.iter_mut().zip(from) {
                    *out += weight * value;
                }
            }
        }
        product
    }

    /// Rows of length one in the space of the strongest eigenvectors, each weighted by the root of its eigenvalue.
    fn reduce(&self, dimensions: usize, advance: &mut dyn FnMut(u64, u64) -> Result<()>) -> Result<Vec<f32>> {
        let size = self.rows.len();
        let width = (dimensions + SPARE).min(size);
        let mut random = 0x9e37_79b9_7f4a_7c15_u64;
        let mut basis: Vec<f32> = (0..size * width)
            .map(|_| {
                // SplitMix64, from a fixed start.
                random = random.wrapping_add(0x9e37_79b9_7f4a_7c15);
                let mixed = (random ^ (random >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
                if (mixed ^ (mixed >> 27)).count_ones().is_multiple_of(2) { 1.0 } else { -1.0 }
            })
            .collect();
        for round in 0..ROUNDS {
            advance(round as u64, ROUNDS as u64)?;
            orthonormalise(&mut basis, width);
            basis = self.times(&basis, width);
        }
        orthonormalise(&mut basis, width);
        let image = self.times(&basis, width);
        let mut small = vec![0.0_f64; width * width];
        for (left, right) in basis.chunks_exact(width).zip(image.chunks_exact(width)) {
            for (row, &left) in small.chunks_exact_mut(width).zip(left) {
                for (sum, &right) in row.iter_mut().zip(right) {
                    *sum += f64::from(left) * f64::from(right);
                }
            }
        }
        let (values, vectors) = eigen(small, width);
        let mut order: Vec<usize> = (0..width).collect();
        order.sort_by(|&left, &right| {
            values[right].abs().total_cmp(&values[left].abs()).then(left.cmp(&right))
        });
        order.truncate(dimensions);
        let mut reduced = Vec::with_capacity(size * dimensions);
        for row in basis.chunks_exact(width) {
            let place = |&column: &usize| {
                let at: f64 = row
                    .iter()
                    .enumerate()
                    .map(|(k, &value)| f64::from(value) * vectors[k * width + column])
                    .sum();
                at * values[column].abs().sqrt()
            };
            let place: Vec<f64> = order.iter().map(place).collect();
            let length = place.iter().map(|value| value * value).sum::<f64>().sqrt().max(1e-9);
            reduced.extend(place.iter().map(|value| (value / length) as f32));
        }
        Ok(reduced)
    }
}

/// Makes columns orthonormal (modified Gram-Schmidt). The matrix is by rows.
fn orthonormalise(matrix: &mut [f32], width: usize) {
    let size = matrix.len() / width;
    // By columns, so that each pass reads along memory.
    let mut columns: Vec<Vec<f32>> =
        (0..width).map(|column| (0..size).map(|row| matrix[row * width + column]).collect()).collect();
    for at in 0..width {
        let (done, rest) = columns.split_at_mut(at);
        let Some(column) = rest.first_mut() else { break };
        for other in done {
            let share = dot(other, column);
            column.iter_mut().zip(other.iter()).for_each(|(value, other)| *value -= share * other);
        }
        let length = dot(column, column).sqrt();
        let scale = if length > 1e-6 { 1.0 / length } else { 0.0 };
        column.iter_mut().for_each(|value| *value *= scale);
    }
    for (column, values) in columns.iter().enumerate() {
        for (row, value) in values.iter().enumerate() {
            matrix[row * width + column] = *value;
        }
    }
}

/// Eigenvalues and eigenvectors (in columns) of a symmetric matrix, by cyclic Jacobi rotations.
fn eigen(mut matrix: Vec<f64>, size: usize) -> (Vec<f64>, Vec<f64>) {
    let mut vectors = vec![0.0; size * size];
    for at in 0..size {
        vectors[at * size + at] = 1.0;
    }
    for _ in 0..12 {
        let off: f64 = (0..size)
            .flat_map(|p| (p + 1..size).map(move |q| (p, q)))
            .map(|(p, q)| matrix[p * size + q].powi(2))
            .sum();
        if off < 1e-9 {
            break;
        }
        for p in 0..size {
            for q in p + 1..size {
                let apq = matrix[p * size + q];
                if apq.abs() < 1e-12 {
                    continue;
                }
                let theta = (matrix[q * size + q] - matrix[p * size + p]) / (2.0 * apq);
                let tangent = theta.signum() / (theta.abs() + theta.hypot(1.0));
                let cosine = 1.0 / tangent.hypot(1.0);
                let sine = tangent * cosine;
                for k in 0..size {
                    let (left, right) = (matrix[k * size + p], matrix[k * size + q]);
                    matrix[k * size + p] = cosine * left - sine * right;
                    matrix[k * size + q] = sine * left + cosine * right;
                }
                for k in 0..size {
                    let (left, right) = (matrix[p * size + k], matrix[q * size + k]);
                    matrix[p * size + k] = cosine * left - sine * right;
                    matrix[q * size + k] = sine * left + cosine * right;
                }
                for k in 0..size {
                    let (left, right) = (vectors[k * size + p], vectors[k * size + q]);
                    vectors[k * size + p] = cosine * left - sine * right;
                    vectors[k * size + q] = sine * left + cosine * right;
                }
            }
        }
    }
    ((0..size).map(|at| matrix[at * size + at]).collect(), vectors)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eigenvalues_of_a_small_matrix() {
        let (mut values, _) = eigen(vec![2.0, 1.0, 1.0, 2.0], 2);
        values.sort_by(f64::total_cmp);
        assert!((values[0] - 1.0).abs() < 1e-9 && (values[1] - 3.0).abs() < 1e-9, "{values:?}");
    }

    #[test]
    fn stems_in_the_same_company_are_alike_and_learning_is_repeatable() {
        // Stems 0 and 1 are each seen with 2 and 3, never together; 4 is seen with 5 and 6.
        let mut sentences = Vec::new();
        for at in 0..6 {
            sentences.push(vec![at % 2, 2, 3, 10 + at]);
            sentences.push(vec![4, 5, 6, 20 + at]);
        }
        let paragraphs: Vec<u32> = (0..26).map(|stem| u32::from(stem < 7) * 6).collect();
        let learn = || Thesaurus::learn(&sentences, &paragraphs, 2, &mut |_, _| Ok(())).unwrap();
        let thesaurus = learn();
        assert!(thesaurus.likeness(0, 1) > 0.8, "{}", thesaurus.likeness(0, 1));
        assert!(thesaurus.likeness(0, 4) < 0.3, "{}", thesaurus.likeness(0, 4));
        assert_eq!(thesaurus.likeness(0, 12), 0.0);
        assert_eq!(learn().vectors, thesaurus.vectors);
    }
}
