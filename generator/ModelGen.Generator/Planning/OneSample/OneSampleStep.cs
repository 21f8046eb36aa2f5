using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit;
using ModelGen.Generator.Graph;

namespace ModelGen.Generator.Planning.OneSample;

/// <summary>One thing the prediction of a single sample does.</summary>
/// <param name="Uses">What it reads and writes, each in the order it has there.</param>
internal abstract record OneSampleStep(IReadOnlyList<(Value Value, ValueOrder Order)> Uses);

/// <summary>Computes a region.</summary>
internal abstract record OneSampleRegion(Region Region, IReadOnlyList<(Value Value, ValueOrder Order)> Uses) : OneSampleStep(Uses)
{
    /// <summary>The order in which the region's kernels find or leave a value.</summary>
    public ValueOrder Order(Value value) => Uses.First(use => ReferenceEquals(use.Value, Storage.Elements(value))).Order;
}

/// <summary>Calls a region's kernel.</summary>
internal sealed record OneSampleKernel(Region Region, Kernel Kernel, IReadOnlyList<(Value Value, ValueOrder Order)> Uses) : OneSampleRegion(Region, Uses);

/// <summary>Computes a convolution by Winograd's minimal filtering, band after band of rows of tiles.</summary>
/// <param name="Region">The convolution and the maps behind it.</param>
/// <param name="Geometry">The tiles and bands.</param>
/// <param name="Bands">The kernels of a whole band.</param>
/// <param name="Rest">The kernels of a last band that has fewer rows; none where it has not.</param>
/// <param name="Work">What stands for the memory of a band.</param>
/// <param name="Uses">What it reads and writes, each in the order it has there.</param>
internal sealed record OneSampleWinograd(
    Region Region, FeatureWinogradGeometry Geometry, IReadOnlyList<Kernel> Bands, IReadOnlyList<Kernel> Rest, Value Work, IReadOnlyList<(Value Value, ValueOrder Order)> Uses)
    : OneSampleRegion(Region, Uses);

/// <summary>Writes a value in the order it does not have yet.</summary>
internal sealed record ReorderStep(Value Value, ValueOrder Target)
    : OneSampleStep([(Value, ValueOrder.Lanes), (Value, ValueOrder.RowMajor)]);
