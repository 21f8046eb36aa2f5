using System.Collections.Generic;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>LSTM(units)</c>: gates i, f, g, o; c ← f∘c + i∘g, h ← o∘tanh(c), projected where the layer says so.</summary>
internal sealed class LSTMLayer(LayerSpec spec) : RecurrentLayer(spec)
{
    public override string Stem => "lstm";

    protected override int Gates => 4;

    protected override bool HasCell => true;

    protected override int StateSize => Projection > 0 ? Projection : Units;

    private bool HasPeepholes => Spec.Truth("Peepholes", false);

    private int Projection => Spec.Integer("Projection");

    protected override LayerError? CheckOptions() =>
        Projection >= 0 && (Projection < Units || Projection == 0) ? null : OutOfRange("Projection", Format(Projection), $"0 to {Format(Units - 1)}, below the units");

    protected override IReadOnlyList<ParameterSpec> CellParameters(int features)
    {
        var parameters = new List<ParameterSpec>(base.CellParameters(features));
        if (HasPeepholes)
        {
            parameters.Add(Parameter("weight_ch_l0", 3 * Units));
        }

        if (Projection > 0)
        {
            parameters.Add(Parameter("weight_hr_l0", Projection, Units));
        }

        return parameters;
    }

    protected override (Value State, Value? Cell) LowerCell(RecurrentCell cell, Value input, Value state, Value? memory)
    {
        var gates = cell.Map(Scalar.Read(0) + Scalar.Read(1), cell.Product(cell.Parameter("weight_hh_l0"), state), input);

        // Each gate is a value of its own, so that the backward pass finds it instead of computing it again.
        var i = Sigmoid(0, 0, memory!);
        var f = Sigmoid(1, 1, memory!);
        var g = cell.Map(Scalar.Tanh(Scalar.Read(0)), cell.Gate(gates, 2));
        var next = cell.Map((Scalar.Read(0) * Scalar.Read(1)) + (Scalar.Read(2) * Scalar.Read(3)), f, memory!, i, g);
        var o = Sigmoid(3, 2, next);
        var shown = cell.Map(Scalar.Tanh(Scalar.Read(0)), next);
        var output = cell.Map(Scalar.Read(0) * Scalar.Read(1), o, shown);
        return (Projection > 0 ? cell.Product(cell.Parameter("weight_hr_l0"), output) : output, next);

        Value Sigmoid(int gate, int peephole, Value seen) => HasPeepholes
            ? cell.Map(
                Scalar.Sigmoid(Scalar.Read(0) + (Scalar.Read(1) * Scalar.Read(2))), cell.Gate(gates, gate), cell.Rows("weight_ch_l0", peephole), seen)
            : cell.Map(Scalar.Sigmoid(Scalar.Read(0)), cell.Gate(gates, gate));
    }
}
