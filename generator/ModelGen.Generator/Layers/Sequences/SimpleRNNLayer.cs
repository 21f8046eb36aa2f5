using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>SimpleRNN(units)</c>: h ← tanh(W_ih·x + b_ih + W_hh·h + b_hh).</summary>
internal sealed class SimpleRNNLayer(LayerSpec spec) : RecurrentLayer(spec)
{
    public override string Stem => "simple_rnn";

    protected override int Gates => 1;

    private bool UsesRelu => Spec.Integer("Activation") == 1;

    protected override (Value State, Value? Cell) LowerCell(RecurrentCell cell, Value input, Value state, Value? memory)
    {
        var sum = cell.Map(Scalar.Read(0) + Scalar.Read(1), cell.Product(cell.Parameter("weight_hh_l0"), state), input);
        return (cell.Map(UsesRelu ? Scalar.Relu(Scalar.Read(0)) : Scalar.Tanh(Scalar.Read(0)), sum), null);
    }
}
