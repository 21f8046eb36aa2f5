using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using ModelGen.Generator.Tests.Harness;

namespace ModelGen.Generator.Tests.CodeSize;

/// <summary>RyuJIT stops optimising methods beyond certain sizes; every emitted one must stay well below.</summary>
public sealed class MethodSizeTests
{
    private const int MostBytes = 60_000;
    private const int MostLocals = 1024;

    /// <summary>No model here is worth more text than this; a border written out place by place would be.</summary>
    private const int MostCharacters = 6_000_000;

    [Theory]
    [InlineData(SourceModels.LeNet5)]
    [InlineData(SourceModels.Normalized)]
    [InlineData(SourceModels.Wide)]
    [InlineData(SourceModels.Dilated)]
    public void EveryMethodIsOptimised(string source)
    {
        var generated = Compiling.Generate(Compiling.Compile(source), new ModelGenerator(), out var output);
        var characters = generated.GeneratedTrees.Sum(tree => tree.Length);
        Assert.True(characters < MostCharacters, $"{characters} characters were generated.");
        using var image = new MemoryStream();
        var result = output.Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics.Take(5)));
        using var file = new PEReader(new MemoryStream(image.ToArray()));
        var metadata = file.GetMetadataReader();
        var methods = 0;
        foreach (var handle in metadata.MethodDefinitions)
        {
            var method = metadata.GetMethodDefinition(handle);
            if (method.RelativeVirtualAddress == 0)
            {
                continue;
            }

            methods++;
            var name = metadata.GetString(method.Name);
            var body = file.GetMethodBody(method.RelativeVirtualAddress);
            Assert.True(body.Size < MostBytes, $"{name} has {body.Size} bytes of IL; the JIT optimises less than {MostBytes}.");
            var locals = body.LocalSignature.IsNil ? 0 : CountLocals(metadata.GetBlobReader(metadata.GetStandaloneSignature(body.LocalSignature).Signature));
            Assert.True(locals < MostLocals, $"{name} has {locals} locals; the JIT tracks {MostLocals}.");
        }

        Assert.True(methods > 20, $"Only {methods} methods were looked at.");
    }

    private static int CountLocals(BlobReader signature)
    {
        signature.ReadSignatureHeader();
        return signature.ReadCompressedInteger();
    }
}
