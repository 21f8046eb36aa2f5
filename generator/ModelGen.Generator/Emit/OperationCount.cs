using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;
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
        var contracts = Nodes(programs[programs.Count - 1].Graph).Where(node => node.Contract.Layer == layer || node.Contract.Layer.StartsWith(layer + ".", StringComparison.Ordinal)).ToList();
        return new OperationCount(
            Sum(contract => !contract.IsGradient),
            Sum(contract => contract.IsGradient && contract.Role != ContractRole.Weight),
            Sum(contract => contract.IsGradient && contract.Role == ContractRole.Weight));

        long Sum(Func<Contract, bool> counts) => contracts.Where(node => counts(node.Contract)).Sum(node => node.Times * node.Contract.Geometry.MultiplyAdds);
    }

    /// <summary>The products of a graph and how often each is computed for a sample: once for every step in the body of a scan.</summary>
    private static IEnumerable<(Contract Contract, long Times)> Nodes(Graph.Graph graph) => graph.Nodes.SelectMany(node => node switch
    {
        // Products of the model alone, such as a table times weights, are no sample's.
        Contract contract when contract.Inputs.Any(input => input.Scope == Scope.Sample) => [(contract, 1L)],
        Scan scan => Nodes(scan.Body).Select(inner => (inner.Contract, inner.Times * scan.Length)),
        _ => Enumerable.Empty<(Contract, long)>(),
    });
}
