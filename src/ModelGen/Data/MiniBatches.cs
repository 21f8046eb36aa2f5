namespace ModelGen;

/// <summary>
/// The mini-batches of an epoch: consecutive pieces of an order of samples. Enumerating them allocates nothing.
/// </summary>
/// <example><code>foreach (var rows in new MiniBatches(order, 128)) { … }</code></example>
public readonly ref struct MiniBatches
{
    private readonly ReadOnlySpan<int> _order;
    private readonly int _batch;

    /// <summary>The pieces of <paramref name="order"/>, <paramref name="batch"/> long.</summary>
    /// <param name="order">Positions of samples, as <see cref="Dataset.FillShuffledOrder"/> writes them.</param>
    /// <param name="batch">The samples of a mini-batch, at least one.</param>
    /// <param name="dropLast">Whether a last piece of fewer samples is left out.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batch"/> is less than one.</exception>
    public MiniBatches(ReadOnlySpan<int> order, int batch, bool dropLast = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        _order = dropLast ? order[..(order.Length - (order.Length % batch))] : order;
        _batch = batch;
    }

    /// <summary>The number of mini-batches.</summary>
    public int Count => _order.IsEmpty ? 0 : ((_order.Length - 1) / _batch) + 1;

    /// <summary>The positions of the samples of one mini-batch.</summary>
    /// <param name="index">0 … <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such mini-batch.</exception>
    public ReadOnlySpan<int> this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            var start = index * _batch;
            return _order.Slice(start, Math.Min(_batch, _order.Length - start));
        }
    }

    /// <summary>An enumerator before the first mini-batch.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Goes through the mini-batches in order.</summary>
    public ref struct Enumerator
    {
        private readonly MiniBatches _batches;
        private int _index;

        internal Enumerator(MiniBatches batches)
        {
            _batches = batches;
            _index = -1;
        }

        /// <summary>The positions of the samples of this mini-batch.</summary>
        public readonly ReadOnlySpan<int> Current => _batches[_index];

        /// <summary>Moves to the next mini-batch, if there is one.</summary>
        public bool MoveNext() => ++_index < _batches.Count;
    }
}
