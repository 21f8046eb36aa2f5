namespace ModelGen;

/// <summary>
/// Applies an optimizer to the arenas, in pieces of neighbouring parameters that are treated alike. The pieces do not
/// depend on the number of workers.
/// </summary>
internal sealed class ParameterUpdate : IParallelWork
{
    // A piece and its moments stay in the L2 cache; fewer words than two pieces are not worth waking a thread.
    private const int PieceWords = 16_384;

    private readonly ParameterSet _parameters;
    private readonly AlignedBuffer _gradients;
    private readonly AlignedBuffer _moments;
    private readonly Workers _workers;
    private readonly long[] _updates;
    private Piece[] _pieces = [];
    private double[] _squares = [];
    private int _settingsVersion = -1;
    private bool _measures;
    private double _learningRate;
    private float _gradientScale;

    public ParameterUpdate(ParameterSet parameters, AlignedBuffer gradients, Optimizer optimizer, Workers workers)
    {
        _parameters = parameters;
        _gradients = gradients;
        Optimizer = optimizer;
        _workers = workers;
        _moments = new AlignedBuffer((long)optimizer.MomentArenas * gradients.Length);
        _updates = new long[parameters.Count];
    }

    /// <summary>The optimizer.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>The arena of the moments.</summary>
    public AlignedBuffer MomentArena => _moments;

    /// <summary>The optimizer's moments, arena after arena, each as long as the gradients.</summary>
    public Span<float> Moments => _moments.Span;

    /// <summary>The updates each parameter has had; less than the steps for one that was frozen.</summary>
    public ReadOnlySpan<long> UpdateCounts => _updates;

    /// <summary>Sets the updates each parameter has had.</summary>
    public void SetUpdateCounts(ReadOnlySpan<long> counts)
    {
        counts.CopyTo(_updates);
        _settingsVersion = -1;
    }

    /// <summary>Moves all parameters that are not frozen.</summary>
    public void Apply(double learningRate)
    {
        if (_settingsVersion != _parameters.SettingsVersion)
        {
            Divide();
        }

        _learningRate = learningRate;
        _gradientScale = Optimizer.ClipNorm is null ? 1 : Optimizer.GradientScale(SumOfSquares());
        for (var i = 0; i < _updates.Length; i++)
        {
            _updates[i] += IsMoved(_parameters[i]) ? 1 : 0;
        }

        _measures = false;
        _workers.Run(this, _pieces.Length);
    }

    void IParallelWork.Run(int index, int worker)
    {
        var piece = _pieces[index];
        var gradients = _gradients.Span.Slice(piece.Offset, piece.Length);
        if (_measures)
        {
            _squares[index] = Optimizer.SumOfSquares(gradients);
            return;
        }

        var settings = _parameters[piece.FirstParameter];
        Optimizer.Update(new OptimizerStep
        {
            Parameters = _parameters.Words.Slice(piece.Offset, piece.Length),
            Gradients = gradients,
            Moments = _moments.Span,
            MomentWords = _gradients.Length,
            Offset = piece.Offset,
            Updates = _updates[piece.FirstParameter],
            LearningRate = _learningRate * settings.LearningRateScale,
            WeightDecayScale = settings.WeightDecayScale,
            GradientScale = _gradientScale,
        });
    }

    private static bool IsMoved(Parameter parameter) => !parameter.IsFrozen && !parameter.IsStatistic;

    private double SumOfSquares()
    {
        _measures = true;
        _workers.Run(this, _pieces.Length);

        // In the order of the pieces, whoever measured them.
        double sum = 0;
        foreach (var square in _squares)
        {
            sum += square;
        }

        return sum;
    }

    private void Divide()
    {
        var pieces = new List<Piece>();
        for (var i = 0; i < _parameters.Count; i++)
        {
            var first = _parameters[i];
            if (!IsMoved(first))
            {
                continue;
            }

            while (i + 1 < _parameters.Count && IsTreatedAlike(first, _parameters[i + 1]))
            {
                i++;
            }

            var end = AlignedBuffer.RoundUp(_parameters[i].Offset + _parameters[i].Length);
            for (var offset = first.Offset; offset < end; offset += PieceWords)
            {
                pieces.Add(new Piece(offset, Math.Min(PieceWords, end - offset), first.Index));
            }
        }

        _pieces = [.. pieces];
        _squares = new double[_pieces.Length];
        _settingsVersion = _parameters.SettingsVersion;
    }

    private bool IsTreatedAlike(Parameter first, Parameter next) =>
        IsMoved(next) &&
        next.Offset >= first.Offset &&
        next.LearningRateScale == first.LearningRateScale &&
        next.WeightDecayScale == first.WeightDecayScale &&
        _updates[next.Index] == _updates[first.Index];

    private readonly record struct Piece(int Offset, int Length, int FirstParameter);
}
