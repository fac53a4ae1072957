using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using EyeSlots.Executor;

namespace EyeSlots.Spark.Tests.Engine;

/// <summary>The executor takes its columns from the contract that it shares with the driver, and states none of its own.</summary>
public sealed class ExecutorContractTests
{
    [Fact]
    public void Executor_NamesNoTypeOfAColumn()
    {
        using var file = new PEReader(File.OpenRead(typeof(MakeShards).Assembly.Location));
        var metadata = file.GetMetadataReader();
        var namespaces = metadata.TypeReferences.Select(handle => metadata.GetString(metadata.GetTypeReference(handle).Namespace)).ToHashSet();
        Assert.Contains("EyeSlots.Spark.Contract", namespaces);
        Assert.DoesNotContain("Apache.Arrow.Types", namespaces);
    }
}
