using System.Collections.Generic;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary>A layer that is sums of products and a bias: y = x ∗ weight + bias.</summary>
internal abstract class LinearLayer(LayerSpec spec) : Layer(spec)
{
    /// <summary>Whether a bias is added to every output channel.</summary>
    public bool UseBias => Spec.Truth("UseBias", true);

    public override IReadOnlyList<ParameterSpec> Parameters(TensorType input)
    {
        var shape = WeightShape(input);
        var taps = 1;
        for (var axis = 2; axis < shape.Rank; axis++)
        {
            taps *= shape[axis];
        }

        var (fanIn, fanOut) = (shape[1] * taps, shape[0] * taps);
        var weight = new ParameterSpec("weight", shape, InitialValue.UniformFanIn, fanIn, fanOut);
        return UseBias ? [weight, new ParameterSpec("bias", new Shape(OutputChannels(input)), InitialValue.UniformFanIn, fanIn, fanOut)] : [weight];
    }

    public override Value Lower(Lowering lowering, Value input, TensorType type) => Lower(lowering, input, type, lowering.Parameter(this, "weight"));

    /// <summary>Writes the layer with the given weights.</summary>
    protected Value Lower(Lowering lowering, Value input, TensorType type, Value weight)
    {
        var geometry = Geometry(type);
        var product = Product(lowering, geometry, input, weight);
        if (!UseBias)
        {
            return product;
        }

        var channelAxis = geometry.ChannelsLast ? product.Shape.Rank - 1 : 0;
        var view = new int[product.Shape.Rank];
        for (var axis = 0; axis < view.Length; axis++)
        {
            view[axis] = axis == channelAxis ? product.Shape[axis] : 1;
        }

        return lowering.Graph.Map(
            Name, product.Shape, Scalar.Read(0) + Scalar.Read(1), (product, product.Shape), (lowering.Parameter(this, "bias"), new Shape(view)));
    }

    /// <summary>The shape of the weights: outputs, inputs of one output, then the kernel.</summary>
    protected abstract Shape WeightShape(TensorType input);

    /// <summary>The channels or features of the result.</summary>
    protected virtual int OutputChannels(TensorType input) => WeightShape(input)[0];

    /// <summary>Adds input ∗ weight.</summary>
    protected virtual Value Product(Lowering lowering, ContractGeometry geometry, Value input, Value weight) =>
        lowering.Graph.Contract(Name, geometry, input, weight);

    /// <summary>The product for an input that <see cref="Layer.Infer(TensorType)"/> has accepted.</summary>
    protected abstract ContractGeometry Geometry(TensorType input);
}
