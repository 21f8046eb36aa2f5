namespace ModelGen.Reference.Oracles.Layers.Recurrent;

/// <summary>Elman's network (1990): h′ = f(W_ih·x + b_ih + W_hh·h + b_hh), f the hyperbolic tangent or the rectifier.</summary>
internal sealed class SimpleRnnCell(int features, int units, RecurrentActivation activation) : RecurrentCell(features, units, units, 1, 0)
{
    public override CellState Forward(double[] x, CellState before, Func<string, double[]> parameter) => new(
        [.. Gate(0, x, before.H, parameter).Select(a => activation == RecurrentActivation.Tanh ? Math.Tanh(a) : Math.Max(a, 0))], []);

    public override (double[] X, CellState Before) Backward(
        double[] x, CellState before, CellState slopes, Func<string, double[]> parameter, Func<string, double[]> gradient)
    {
        var h = Forward(x, before, parameter).H;
        var outer = Each(u => slopes.H[u] * (activation == RecurrentActivation.Tanh ? 1 - (h[u] * h[u]) : h[u] > 0 ? 1 : 0), Units);
        var (dx, dh) = (new double[x.Length], new double[State]);
        GateBackward(0, outer, x, before.H, dx, dh, parameter, gradient);
        return (dx, new CellState(dh, []));
    }
}
