namespace ModelGen.Reference.Oracles.Layers.Recurrent;

/// <summary>
/// A cell that walks along the steps of a sequence, forward or in both directions: output t is the state after step t, and zero
/// beyond the sample's length. The walk starts from zero, from the state of the step before where it is stateful, or from
/// another layer's: the final state of a recurrent layer, or a vector as h with c = 0.
/// </summary>
internal sealed class RecurrentOracle(OracleType input, RecurrentCell cell, bool bidirectional, bool stateful, OracleLayer? initialLayer, bool initialIsVector)
    : MemoryOracle(
        input,
        input.With(1, cell.State * (bidirectional ? 2 : 1)) with { Vocabulary = 0 },
        [.. Suffixes(bidirectional).SelectMany(suffix => cell.Parameters.Select(parameter => parameter with { Name = parameter.Name + suffix }))])
{
    private readonly string[] _suffixes = Suffixes(bidirectional);

    public override double[][] Forward(double[][] x, double[][]? memory, OraclePass pass)
    {
        var y = Zeros(x.Length, Output);
        for (var sample = 0; sample < x.Length; sample++)
        {
            for (var direction = 0; direction < _suffixes.Length; direction++)
            {
                var (steps, states) = Walk(x, memory, sample, direction, pass);
                foreach (var (step, state) in steps.Zip(states.Skip(1)))
                {
                    state.H.CopyTo(y[sample], (step * Output.Extents[1]) + (direction * cell.State));
                }

                pass.SetState(this, sample, direction, states[^1]);
            }
        }

        return y;
    }

    public override double[][] Backward(double[][] x, double[][]? memory, double[][] y, double[][] dy, double[][]? memorySlopes, OraclePass pass)
    {
        var dx = Zeros(x.Length, Input);
        for (var sample = 0; sample < x.Length; sample++)
        {
            for (var direction = 0; direction < _suffixes.Length; direction++)
            {
                var suffix = _suffixes[direction];
                var (steps, states) = Walk(x, memory, sample, direction, pass);
                var slopes = pass.StateSlopes(this, sample, direction) ?? CellState.Zero(cell);
                for (var i = steps.Length - 1; i >= 0; i--)
                {
                    var own = dy[sample].AsSpan((steps[i] * Output.Extents[1]) + (direction * cell.State), cell.State).ToArray();
                    (var inner, slopes) = cell.Backward(
                        At(x[sample], steps[i]),
                        states[i],
                        slopes with { H = [.. slopes.H.Zip(own, (a, b) => a + b)] },
                        name => pass.Parameter(this, name + suffix),
                        name => pass.Gradient(this, name + suffix));
                    for (var feature = 0; feature < inner.Length; feature++)
                    {
                        dx[sample][(steps[i] * Input.Extents[1]) + feature] += inner[feature];
                    }
                }

                if (initialIsVector)
                {
                    for (var i = 0; i < cell.State; i++)
                    {
                        memorySlopes![sample][(direction * cell.State) + i] += slopes.H[i];
                    }
                }
                else if (initialLayer is not null)
                {
                    pass.AddStateSlopes(initialLayer, sample, direction, slopes);
                }
            }
        }

        return dx;
    }

    /// <summary>The steps in the order of the walk, and the state before the first and after each.</summary>
    private (int[] Steps, CellState[] States) Walk(double[][] x, double[][]? memory, int sample, int direction, OraclePass pass)
    {
        var steps = Enumerable.Range(0, pass.Steps(Input, sample)).ToArray();
        if (direction == 1)
        {
            Array.Reverse(steps);
        }

        var states = new List<CellState> { Initial(memory, sample, direction, pass) };
        foreach (var step in steps)
        {
            states.Add(cell.Forward(At(x[sample], step), states[^1], name => pass.Parameter(this, name + _suffixes[direction])));
        }

        return (steps, [.. states]);
    }

    private CellState Initial(double[][]? memory, int sample, int direction, OraclePass pass)
    {
        var zero = CellState.Zero(cell);
        if (initialIsVector)
        {
            return zero with { H = memory![sample].AsSpan(direction * cell.State, cell.State).ToArray() };
        }

        if (initialLayer is not null)
        {
            var state = pass.State(initialLayer, sample, direction);
            return state.C.Length == cell.Cell ? state : zero with { H = state.H };
        }

        return stateful && pass.InitialState(this, sample) is { } kept ? new CellState(kept[..cell.State], kept[cell.State..]) : zero;
    }

    private double[] At(double[] row, int step) => row.AsSpan(step * Input.Extents[1], Input.Extents[1]).ToArray();

    private static string[] Suffixes(bool bidirectional) => bidirectional ? ["", "_reverse"] : [""];
}
