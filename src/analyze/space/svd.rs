//! The singular value decomposition of a small matrix by one-sided Jacobi rotations: the same bits on every machine and for any
//! number of threads, with the signs fixed so that a map never flips between two runs.

/// Sweeps after which it stops in any case; small matrices need under ten.
const SWEEPS: usize = 60;
/// Columns count as orthogonal below this cosine.
const ORTHOGONAL: f64 = 1e-13;

/// U·diag(σ)·Vᵀ, the largest singular value first.
pub(super) struct Svd {
    /// Left vectors, by axis.
    pub left: Vec<Vec<f64>>,
    /// Singular values.
    pub values: Vec<f64>,
    /// Right vectors, by axis.
    pub right: Vec<Vec<f64>>,
}

/// Decomposes a matrix given by its rows, all of one length. The largest loading of each right vector is positive.
pub(super) fn svd(rows: &[Vec<f64>]) -> Svd {
    let (m, n) = (rows.len(), rows.first().map_or(0, Vec::len));
    if n > m {
        let turned: Vec<Vec<f64>> = (0..n).map(|j| rows.iter().map(|row| row[j]).collect()).collect();
        let Svd { left, values, right } = svd(&turned);
        return signed(Svd { left: right, values, right: left });
    }
    // Columns of A, turned until they are orthogonal: then their lengths are the singular values.
    let mut columns: Vec<Vec<f64>> = (0..n).map(|j| rows.iter().map(|row| row[j]).collect()).collect();
    let mut turns: Vec<Vec<f64>> = (0..n).map(|j| (0..n).map(|i| if i == j { 1.0 } else { 0.0 }).collect()).collect();
    for _ in 0..SWEEPS {
        let mut turned = false;
        for p in 0..n {
            for q in p + 1..n {
                turned |= rotate(&mut columns, &mut turns, p, q);
            }
        }
        if !turned {
            break;
        }
    }
    let lengths: Vec<f64> = columns.iter().map(|column| dot(column, column).sqrt()).collect();
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&a, &b| lengths[b].total_cmp(&lengths[a]).then(a.cmp(&b)));
    let unit = |j: usize| columns[j].iter().map(|x| if lengths[j] > 0.0 { x / lengths[j] } else { 0.0 }).collect();
    signed(Svd {
        left: order.iter().map(|&j| unit(j)).collect(),
        values: order.iter().map(|&j| lengths[j]).collect(),
        right: order.iter().map(|&j| turns[j].clone()).collect(),
    })
}

/// Turns two columns until they are orthogonal; false where they are already.
fn rotate(columns: &mut [Vec<f64>], turns: &mut [Vec<f64>], p: usize, q: usize) -> bool {
    let (a, b, c) = (dot(&columns[p], &columns[p]), dot(&columns[q], &columns[q]), dot(&columns[p], &columns[q]));
    if c.abs() <= ORTHOGONAL * (a * b).sqrt() || c == 0.0 {
        return false;
    }
    let zeta = (b - a) / (2.0 * c);
    let t = if zeta >= 0.0 { 1.0 } else { -1.0 } / (zeta.abs() + (1.0 + zeta * zeta).sqrt());
    let cos = 1.0 / (1.0 + t * t).sqrt();
    let sin = cos * t;
    for table in [columns, turns] {
        let (before, after) = table.split_at_mut(q);
        for (x, y) in before[p].iter_mut().zip(&mut after[0]) {
            (*x, *y) = (cos * *x - sin * *y, sin * *x + cos * *y);
        }
    }
    true
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// The largest loading of each right vector made positive; of equals the first.
fn signed(mut svd: Svd) -> Svd {
    for (left, right) in svd.left.iter_mut().zip(&mut svd.right) {
        let mut largest = 0.0f64;
        for &x in right.iter() {
            // A hair is no difference: rounding must not choose the sign.
            if x.abs() > largest.abs() * (1.0 + 1e-9) {
                largest = x;
            }
        }
        if largest < 0.0 {
            left.iter_mut().chain(right).for_each(|x| *x = -*x);
        }
    }
    svd
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn known_values() {
        // A textbook matrix: singular values √(17 ± …) = 5 and 3 of [[3,2,2],[2,3,-2]].
        let found = svd(&[vec![3.0, 2.0, 2.0], vec![2.0, 3.0, -2.0]]);
        assert!((found.values[0] - 5.0).abs() < 1e-12 && (found.values[1] - 3.0).abs() < 1e-12, "{:?}", found.values);
        let half = 0.5f64.sqrt();
        assert!((found.right[0][0] - half).abs() < 1e-12 && (found.right[0][1] - half).abs() < 1e-12);
        assert!(found.right[0][2].abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn the_parts_make_the_whole(m in 1usize..7, n in 1usize..7, cells in prop::collection::vec(-5.0f64..5.0, 36)) {
            let rows: Vec<Vec<f64>> = (0..m).map(|i| cells[i * 6..i * 6 + n].to_vec()).collect();
            let found = svd(&rows);
            for (i, row) in rows.iter().enumerate() {
                for (j, &cell) in row.iter().enumerate() {
                    let sum: f64 = (0..found.values.len()).map(|k| found.left[k][i] * found.values[k] * found.right[k][j]).sum();
                    prop_assert!((sum - cell).abs() < 1e-9, "{sum} is not {cell}");
                }
            }
            prop_assert!(found.values.windows(2).all(|two| two[0] >= two[1]));
            for axis in found.right.iter().filter(|axis| dot(axis, axis) > 0.5) {
                let largest = axis.iter().fold(0.0f64, |a, &x| if x.abs() > a.abs() * (1.0 + 1e-9) { x } else { a });
                prop_assert!(largest > 0.0);
            }
        }
    }
}
