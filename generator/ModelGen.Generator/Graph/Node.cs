using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Generator.Graph;

/// <summary>One primitive operation of the graph: what it reads, what it computes.</summary>
internal abstract class Node
{
    protected Node(string layer, IReadOnlyList<Value> inputs)
    {
        Layer = layer;
        Inputs = inputs;
    }

    /// <summary>The name of the layer it was lowered from, such as <c>conv2d_1</c>; a gradient carries its layer's name too.</summary>
    public string Layer { get; }

    /// <summary>Whether it belongs to the backward pass; names it in emitted code.</summary>
    public bool IsGradient { get; set; }

    public IReadOnlyList<Value> Inputs { get; protected set; }

    public IReadOnlyList<Value> Outputs { get; protected set; } = [];

    public Value Output => Outputs[0];

    /// <summary>The name of the primitive, as the graph printer shows it.</summary>
    public abstract string Name { get; }

    /// <summary>What the primitive does, besides its name and operands, for the graph printer.</summary>
    public virtual string Details => "";

    /// <summary>The same operation reading other values, its outputs kept; how a pass rewires a node.</summary>
    public virtual void Rewire(Value from, Value to)
    {
        var inputs = new Value[Inputs.Count];
        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i] = ReferenceEquals(Inputs[i], from) ? to : Inputs[i];
        }

        Inputs = inputs;
    }

    /// <summary>The same operation with another value at one position.</summary>
    public void Replace(int position, Value value)
    {
        var inputs = Inputs.ToArray();
        inputs[position] = value;
        Inputs = inputs;
    }

    /// <summary>
    /// Adds to <paramref name="gradients"/> what a change of the outputs means for each input.
    /// Called once, when the gradients of all outputs are complete; an output nothing depends on has none.
    /// </summary>
    public abstract void Differentiate(GradientBuilder gradients);

    /// <summary>The values the node makes; called once by the graph when the node is added.</summary>
    internal void Produce(IReadOnlyList<Value> outputs)
    {
        Outputs = outputs;
        foreach (var output in outputs)
        {
            output.Producer = this;
        }
    }
}
