using EyeSlots.Spark.Contract;

namespace EyeSlots.Tests.Contract;

/// <summary>Files that are parts of a library say so by their names.</summary>
public sealed class LibraryPartsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("eyeslots-parts-").FullName;

    [Theory]
    [InlineData("lib.so.0123.0of4.br", "lib.so.0123")]
    [InlineData("lib.so", null)]
    [InlineData("worker", null)]
    [InlineData(".br", null)]
    [InlineData("a.br", null)]
    public void LibraryOf_AFile_NamesTheLibraryOfWhichItIsAPart(string file, string? library) => Assert.Equal(library, LibraryParts.LibraryOf(file));

    [Fact]
    public void In_AFolder_GivesTheParts_OnlyWhenAllAreThere()
    {
        Add("lib.so.a.1of2.br", "lib.so.b.0of1.br", "lib.so.c.br", "lib.so.d.0of.br", "lib.so.a.1of2");
        Assert.Empty(LibraryParts.In(folder, "lib.so.a"));
        Assert.Single(LibraryParts.In(folder, "lib.so.b"));
        Assert.Empty(LibraryParts.In(folder, "lib.so.c"));
        Assert.Empty(LibraryParts.In(folder, "lib.so.d"));
        Add("lib.so.a.0of2.br");
        Assert.Equal(["lib.so.a.0of2.br", "lib.so.a.1of2.br"], LibraryParts.In(folder, "lib.so.a").Select(Path.GetFileName));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Add(params string[] names) => Array.ForEach(names, name => File.WriteAllBytes(Path.Combine(folder, name), []));
}
