namespace ModelGen.Reference.Oracles.Layers.Recurrent;

/// <summary>
/// The gated recurrent unit (Cho et al. 2014): r and z the logistic functions of gates 0 and 1 of W_ih·x + b_ih + W_hh·h + b_hh;
/// n = tanh(W_in·x + b_in + r∘(W_hn·h + b_hn)), or with the reset before the product tanh(W_in·x + b_in + W_hn·(r∘h) + b_hn);
/// h′ = (1 − z)∘n + z∘h.
/// </summary>
internal sealed class GruCell(int features, int units, bool resetAfter) : RecurrentCell(features, units, units, 3, 0)
{
    public override CellState Forward(double[] x, CellState before, Func<string, double[]> parameter)
    {
        var (_, z, n, _) = Compute(x, before.H, parameter);
        return new CellState(Each(u => ((1 - z[u]) * n[u]) + (z[u] * before.H[u]), Units), []);
    }

    public override (double[] X, CellState Before) Backward(
        double[] x, CellState before, CellState slopes, Func<string, double[]> parameter, Func<string, double[]> gradient)
    {
        var h = before.H;
        var (r, z, n, product) = Compute(x, h, parameter);
        var dx = new double[x.Length];
        var dh = Each(u => slopes.H[u] * z[u], Units);
        var candidate = Each(u => slopes.H[u] * (1 - z[u]) * (1 - (n[u] * n[u])), Units);
        GateBackward(2, candidate, parameter("weight_ih_l0"), x, gradient("weight_ih_l0"), gradient("bias_ih_l0"), dx);
        double[] reset;
        if (resetAfter)
        {
            reset = Each(u => candidate[u] * product[u], Units);
            GateBackward(2, Each(u => candidate[u] * r[u], Units), parameter("weight_hh_l0"), h, gradient("weight_hh_l0"), gradient("bias_hh_l0"), dh);
        }
        else
        {
            var kept = new double[Units];
            GateBackward(2, candidate, parameter("weight_hh_l0"), Each(u => r[u] * h[u], Units), gradient("weight_hh_l0"), gradient("bias_hh_l0"), kept);
            reset = Each(u => kept[u] * h[u], Units);
            dh = Each(u => dh[u] + (kept[u] * r[u]), Units);
        }

        GateBackward(0, Each(u => reset[u] * r[u] * (1 - r[u]), Units), x, h, dx, dh, parameter, gradient);
        GateBackward(1, Each(u => slopes.H[u] * (h[u] - n[u]) * z[u] * (1 - z[u]), Units), x, h, dx, dh, parameter, gradient);
        return (dx, new CellState(dh, []));
    }

    /// <summary>The gates, and the recurrent product of the candidate.</summary>
    private (double[] R, double[] Z, double[] N, double[] Product) Compute(double[] x, double[] h, Func<string, double[]> parameter)
    {
        double[] r = [.. Gate(0, x, h, parameter).Select(SpecialFunctions.Sigmoid)];
        double[] z = [.. Gate(1, x, h, parameter).Select(SpecialFunctions.Sigmoid)];
        var product = Gate(2, parameter("weight_hh_l0"), parameter("bias_hh_l0"), resetAfter ? h : Each(u => r[u] * h[u], Units));
        var input = Gate(2, parameter("weight_ih_l0"), parameter("bias_ih_l0"), x);
        return (r, z, Each(u => Math.Tanh(input[u] + (resetAfter ? r[u] * product[u] : product[u])), Units), product);
    }
}
