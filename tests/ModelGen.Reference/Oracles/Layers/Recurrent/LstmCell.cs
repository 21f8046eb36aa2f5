namespace ModelGen.Reference.Oracles.Layers.Recurrent;

/// <summary>
/// Long short-term memory (Hochreiter and Schmidhuber 1997, Gers et al. 2000): with a_k gate k of W_ih·x + b_ih + W_hh·h + b_hh,
/// i = σ(a₀ + p_i∘c), f = σ(a₁ + p_f∘c), g = tanh(a₂), c′ = f∘c + i∘g, o = σ(a₃ + p_o∘c′), h′ = o∘tanh(c′) or W_hr times that.
/// </summary>
internal sealed class LstmCell(int features, int units, bool peepholes, int projection) : RecurrentCell(
    features,
    units,
    projection == 0 ? units : projection,
    gates: 4,
    cell: units,
    [
        .. peepholes ? new[] { new OracleParameter("weight_ch_l0", [3 * units]) } : [],
        .. projection > 0 ? new[] { new OracleParameter("weight_hr_l0", [projection, units]) } : [],
    ])
{
    public override CellState Forward(double[] x, CellState before, Func<string, double[]> parameter)
    {
        var gates = Compute(x, before, parameter);
        return new CellState(projection == 0 ? gates.Shown : Each(row => Dot(parameter("weight_hr_l0"), row, gates.Shown), projection), gates.C);
    }

    public override (double[] X, CellState Before) Backward(
        double[] x, CellState before, CellState slopes, Func<string, double[]> parameter, Func<string, double[]> gradient)
    {
        var (i, f, g, o, c, shown) = Compute(x, before, parameter);
        var p = Peephole(parameter);
        var shownSlopes = slopes.H;
        if (projection > 0)
        {
            var (weight, weightSlopes) = (parameter("weight_hr_l0"), gradient("weight_hr_l0"));
            shownSlopes = new double[Units];
            for (var row = 0; row < projection; row++)
            {
                for (var u = 0; u < Units; u++)
                {
                    weightSlopes[(row * Units) + u] += slopes.H[row] * shown[u];
                    shownSlopes[u] += slopes.H[row] * weight[(row * Units) + u];
                }
            }
        }

        var outputSlopes = Each(u => shownSlopes[u] * Math.Tanh(c[u]) * o[u] * (1 - o[u]), Units);
        var cellSlopes = Each(
            u => slopes.C[u] + (shownSlopes[u] * o[u] * (1 - (Math.Tanh(c[u]) * Math.Tanh(c[u])))) + (outputSlopes[u] * p[(2 * Units) + u]), Units);
        var inputSlopes = Each(u => cellSlopes[u] * g[u] * i[u] * (1 - i[u]), Units);
        var forgetSlopes = Each(u => cellSlopes[u] * before.C[u] * f[u] * (1 - f[u]), Units);
        var candidateSlopes = Each(u => cellSlopes[u] * i[u] * (1 - (g[u] * g[u])), Units);
        var (dx, dh) = (new double[x.Length], new double[State]);
        GateBackward(0, inputSlopes, x, before.H, dx, dh, parameter, gradient);
        GateBackward(1, forgetSlopes, x, before.H, dx, dh, parameter, gradient);
        GateBackward(2, candidateSlopes, x, before.H, dx, dh, parameter, gradient);
        GateBackward(3, outputSlopes, x, before.H, dx, dh, parameter, gradient);
        if (peepholes)
        {
            var own = gradient("weight_ch_l0");
            for (var u = 0; u < Units; u++)
            {
                own[u] += inputSlopes[u] * before.C[u];
                own[Units + u] += forgetSlopes[u] * before.C[u];
                own[(2 * Units) + u] += outputSlopes[u] * c[u];
            }
        }

        return (dx, new CellState(dh, Each(u => (cellSlopes[u] * f[u]) + (inputSlopes[u] * p[u]) + (forgetSlopes[u] * p[Units + u]), Units)));
    }

    private double[] Peephole(Func<string, double[]> parameter) => peepholes ? parameter("weight_ch_l0") : new double[3 * Units];

    private (double[] I, double[] F, double[] G, double[] O, double[] C, double[] Shown) Compute(double[] x, CellState before, Func<string, double[]> parameter)
    {
        var a = Enumerable.Range(0, 4).Select(gate => Gate(gate, x, before.H, parameter)).ToArray();
        var p = Peephole(parameter);
        var i = Each(u => SpecialFunctions.Sigmoid(a[0][u] + (p[u] * before.C[u])), Units);
        var f = Each(u => SpecialFunctions.Sigmoid(a[1][u] + (p[Units + u] * before.C[u])), Units);
        var g = Each(u => Math.Tanh(a[2][u]), Units);
        var c = Each(u => (f[u] * before.C[u]) + (i[u] * g[u]), Units);
        var o = Each(u => SpecialFunctions.Sigmoid(a[3][u] + (p[(2 * Units) + u] * c[u])), Units);
        return (i, f, g, o, c, Each(u => o[u] * Math.Tanh(c[u]), Units));
    }
}
