using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>GRU(units)</c>: gates r, z and a candidate n; h ← (1 − z)∘n + z∘h, in PyTorch's form or the paper's.</summary>
internal sealed class GRULayer(LayerSpec spec) : RecurrentLayer(spec)
{
    public override string Stem => "gru";

    protected override int Gates => 3;

    protected override bool AddsBiasesFirst => !ResetsAfter;

    /// <summary>Whether the reset gate stands after the recurrent product.</summary>
    private bool ResetsAfter => Spec.Truth("ResetAfter", true);

    protected override (Value State, Value? Cell) LowerCell(RecurrentCell cell, Value input, Value state, Value? memory)
    {
        var (r, z, n) = ResetsAfter ? LowerResetAfter(cell, input, state) : LowerResetBefore(cell, input, state);
        return (cell.Map(Scalar.Read(0) + (Scalar.Read(1) * (Scalar.Read(2) - Scalar.Read(0))), n, z, state), null);
    }

    private static (Value R, Value Z, Value N) LowerResetAfter(RecurrentCell cell, Value input, Value state)
    {
        var product = cell.Map(Scalar.Read(0) + Scalar.Read(1), cell.Product(cell.Parameter("weight_hh_l0"), state), cell.Parameter("bias_hh_l0"));
        var r = cell.Map(Scalar.Sigmoid(Scalar.Read(0) + Scalar.Read(1)), cell.Gate(product, 0), cell.Gate(input, 0));
        var z = cell.Map(Scalar.Sigmoid(Scalar.Read(0) + Scalar.Read(1)), cell.Gate(product, 1), cell.Gate(input, 1));
        var n = cell.Map(
            Scalar.Tanh(Scalar.Read(0) + (Scalar.Read(1) * Scalar.Read(2))), cell.Gate(input, 2), r, cell.Gate(product, 2));
        return (r, z, n);
    }

    private static (Value R, Value Z, Value N) LowerResetBefore(RecurrentCell cell, Value input, Value state)
    {
        var product = cell.Product(cell.Rows("weight_hh_l0", 0, 2), state);
        var r = cell.Map(Scalar.Sigmoid(Scalar.Read(0) + Scalar.Read(1)), cell.Gate(product, 0), cell.Gate(input, 0));
        var z = cell.Map(Scalar.Sigmoid(Scalar.Read(0) + Scalar.Read(1)), cell.Gate(product, 1), cell.Gate(input, 1));
        var reset = cell.Map(Scalar.Read(0) * Scalar.Read(1), r, state);
        var candidate = cell.Map(Scalar.Read(0) + Scalar.Read(1), cell.Product(cell.Rows("weight_hh_l0", 2), reset), cell.Gate(input, 2));
        return (r, z, cell.Map(Scalar.Tanh(Scalar.Read(0)), candidate));
    }
}
