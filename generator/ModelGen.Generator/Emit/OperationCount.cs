using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Emit;

/// <summary>The multiply-adds of one layer for one sample: forward, and in training towards its input and its weights.</summary>
internal readonly record struct OperationCount(long Forward, long InputGradient, long WeightGradient)
{
    /// <summary>Counts what the programs really compute: the input gradient of the first layer is not among it.</summary>
    public static OperationCount Of(string layer, IReadOnlyList<ModelProgram> programs)
    {
        // The last program is the one for training where the model has a loss.
        var contracts = programs[programs.Count - 1].Graph.Nodes.OfType<Contract>().Where(contract => contract.Layer == layer || contract.Layer.StartsWith(layer + ".", System.StringComparison.Ordinal)).ToList();
        return new OperationCount(
            contracts.Where(contract => !contract.IsGradient).Sum(contract => contract.Geometry.MultiplyAdds),
            contracts.Where(contract => contract.IsGradient && contract.Role != ContractRole.Weight).Sum(contract => contract.Geometry.MultiplyAdds),
            contracts.Where(contract => contract.IsGradient && contract.Role == ContractRole.Weight).Sum(contract => contract.Geometry.MultiplyAdds));
    }
}
