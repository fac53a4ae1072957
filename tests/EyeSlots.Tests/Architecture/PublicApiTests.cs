using PublicApiGenerator;

namespace EyeSlots.Tests.Architecture;

/// <summary>
/// The public members of the libraries that other projects and programs use, each library's in a file: what changes for others is seen in a review.
/// EYESLOTS_RENEW=1 writes the files anew.
/// </summary>
public sealed class PublicApiTests
{
    [Theory]
    [InlineData("EyeSlots.Aws")]
    [InlineData("EyeSlots.Reporting")]
    [InlineData("EyeSlots.Spark")]
    [InlineData("EyeSlots.Spark.Worker")]
    public void PublicApi_IsTheOneThatItsFileLists(string library)
    {
        var file = Path.Combine(SharedFolder.Repository, "tests", "EyeSlots.Tests", "Architecture", library + ".api.txt");
        var assembly = System.Reflection.Assembly.Load(library);
        var api = assembly.GeneratePublicApi(new() { IncludeAssemblyAttributes = false }).ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable("EYESLOTS_RENEW") == "1") File.WriteAllText(file, api);
        Assert.Equal(File.ReadAllText(file), api);
    }
}
