using System.Reflection;
using System.Runtime.Loader;
using EyeSlots.Core;
using EyeSlots.Core.Storage;
using EyeSlots.Storage.S3;

namespace EyeSlots.Integration.Tests.Storage;

public sealed class S3SettingsTests
{
    [Fact]
    public void FromEnvironment_OptionWinsOverVariables()
    {
        var settings = S3Settings.FromEnvironment("http://127.0.0.1:9000", "someone", "eu-central-1");
        Assert.Equal(new S3Settings(new("http://127.0.0.1:9000"), "someone", "eu-central-1"), settings);
        Assert.Equal("http://127.0.0.1:9000", settings.Place);
    }

    [Theory]
    [InlineData("127.0.0.1:9000")]
    [InlineData("ftp://host")]
    [InlineData("http://user:password@host")]
    public void FromEnvironment_NoAddress_IsAWrongCommandLineAndShowsNoPassword(string endpoint)
    {
        var error = Assert.Throws<EyeSlotsException>(() => S3Settings.FromEnvironment(endpoint));
        Assert.Equal(ErrorCodes.Usage, error.Code);
        Assert.DoesNotContain("password@", error.Message);
    }

    [Fact]
    public void LocalFolder_OpenedByTheFactory_NeverLoadsTheAwsSdk()
    {
        var context = new Isolated(Path.GetDirectoryName(typeof(ObjectStoreFactory).Assembly.Location)!);
        var settings = context.New("EyeSlots.Storage.S3", typeof(S3Settings).FullName!, null, null, null);
        var factory = context.New("EyeSlots.Storage.S3", typeof(ObjectStoreFactory).FullName!, settings);
        var address = context.Load("EyeSlots.Core").GetType(typeof(StorageAddress).FullName!)!.GetMethod("Parse")!;
        var open = factory.GetType().GetMethod("Open")!;
        Assert.Equal("LocalObjectStore", open.Invoke(factory, [address.Invoke(null, ["folder"])])!.GetType().Name);
        ((IDisposable)factory).Dispose();
        Assert.DoesNotContain(context.Assemblies, assembly => assembly.GetName().Name!.StartsWith("AWSSDK", StringComparison.Ordinal));

        open.Invoke(factory, [address.Invoke(null, ["s3://bucket"])]);
    }

    /// <summary>Loads the product a second time, so that what other tests have loaded does not count.</summary>
    private sealed class Isolated(string folder) : AssemblyLoadContext("isolated")
    {
        public Assembly Load(string name) => LoadFromAssemblyName(new(name));

        public object New(string assembly, string type, params object?[] arguments) =>
            Activator.CreateInstance(Load(assembly).GetType(type)!, arguments)!;

        protected override Assembly? Load(AssemblyName name)
        {
            var path = Path.Combine(folder, name.Name + ".dll");
            return (name.Name!.StartsWith("EyeSlots", StringComparison.Ordinal) || name.Name.StartsWith("AWSSDK", StringComparison.Ordinal)) && File.Exists(path)
                ? LoadFromAssemblyPath(path)
                : null;
        }
    }
}
