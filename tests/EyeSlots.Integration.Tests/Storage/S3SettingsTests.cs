using System.Reflection;
using System.Runtime.Loader;
using EyeSlots.Core;
using EyeSlots.Core.Storage;
using EyeSlots.Storage.S3;
using EyeSlots.Storage.S3.Configuration;

namespace EyeSlots.Integration.Tests.Storage;

public sealed class S3SettingsTests : IDisposable
{
    private readonly Scratch home = new();
    private readonly Dictionary<string, string> variables = [];

    public S3SettingsTests()
    {
        variables["HOME"] = home.Folder;
        Directory.CreateDirectory(home[".aws"]);
    }

    public void Dispose() => home.Dispose();

    [Theory]
    [InlineData("http://option:1", "AWS_ENDPOINT_URL_S3,AWS_ENDPOINT_URL", "services,profile", "http://option:1/", "--s3-endpoint")]
    [InlineData(null, "AWS_ENDPOINT_URL_S3,AWS_ENDPOINT_URL", "services,profile", "http://aws-endpoint-url-s3/", "AWS_ENDPOINT_URL_S3")]
    [InlineData(null, "AWS_ENDPOINT_URL", "services,profile", "http://aws-endpoint-url/", "AWS_ENDPOINT_URL")]
    [InlineData(null, "", "services,profile", "http://services/", "endpoint_url of [services mine]")]
    [InlineData(null, "", "profile", "http://profile/", "endpoint_url of profile 'default'")]
    [InlineData(null, "", "", null, null)]
    [InlineData(null, "AWS_ENDPOINT_URL_S3", "services,profile,ignored", null, null)]
    [InlineData("http://option:1", "AWS_ENDPOINT_URL_S3", "ignored", "http://option:1/", "--s3-endpoint")]
    public void Endpoint_SetInSeveralPlaces_IsTheOneThatTheAwsCommandLineTakes(string? option, string set, string config, string? expected, string? source)
    {
        foreach (var name in set.Split(',', StringSplitOptions.RemoveEmptyEntries)) variables[name] = $"http://{name.ToLowerInvariant().Replace('_', '-')}";
        Configure(
            "[default]" + (config.Contains("services") ? "\nservices = mine" : "") + (config.Contains("profile") ? "\nendpoint_url = http://profile" : "") +
            (config.Contains("ignored") ? "\nignore_configured_endpoint_urls = true" : "") + "\n[services mine]\ns3 =\n  endpoint_url = http://services\n");
        var endpoint = Resolve(new(option)).Endpoint;
        Assert.Equal((expected, source), (endpoint?.Value.AbsoluteUri, endpoint?.Source));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4097)]
    public void Connections_OutsideTheirRange_AreRefused(int connections)
    {
        var failed = Assert.Throws<EyeSlotsException>(() => new ObjectStoreFactory(new() { Connections = connections }));
        Assert.Equal((ErrorCodes.Usage, $"--connections must lie between 1 and 4096, not {connections}."), (failed.Code, failed.Message));
    }

    [Fact]
    public void Connections_Set_GoToOtherMachinesToo() =>
        Assert.Equal((7, 512), (Resolve(new() { Connections = 7 }).ForOtherMachines.Connections, Resolve(new()).ForOtherMachines.Connections));

    [Fact]
    public void Endpoint_WhereAVariableSaysSo_IsIgnored()
    {
        (variables["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"], variables["AWS_ENDPOINT_URL_S3"]) = ("True", "http://host");
        Assert.Null(Resolve(new()).Endpoint);
    }

    [Theory]
    [InlineData("ap-south-1", "eu-west-1", "eu-west-2", "sa-east-1", "ap-south-1", "--s3-region")]
    [InlineData(null, "eu-west-1", "eu-west-2", "sa-east-1", "eu-west-1", "AWS_REGION")]
    [InlineData(null, null, "eu-west-2", "sa-east-1", "eu-west-2", "AWS_DEFAULT_REGION")]
    [InlineData(null, null, null, "sa-east-1", "sa-east-1", "region of profile 'default'")]
    [InlineData(null, "", " ", null, "us-east-1", "default")]
    public void Region_SetInSeveralPlaces_IsTheFirstOfThem(string? option, string? variable, string? other, string? profile, string expected, string source)
    {
        if (variable is not null) variables["AWS_REGION"] = variable;
        if (other is not null) variables["AWS_DEFAULT_REGION"] = other;
        if (profile is not null) Configure($"[default]\nregion={profile}\n");
        var region = Resolve(new(Region: option)).Region;
        Assert.Equal((expected, source), (region.Value, region.Source));
    }

    [Theory]
    [InlineData("http://127.0.0.1:9000", true, "us-east-1")]
    [InlineData("https://minio.example", true, "us-east-1")]
    [InlineData("https://s3.eu-west-1.amazonaws.com", false, "eu-west-1")]
    [InlineData("https://s3-us-gov-west-1.amazonaws.com", false, "us-gov-west-1")]
    [InlineData("https://s3.dualstack.ap-southeast-2.amazonaws.com", false, "ap-southeast-2")]
    [InlineData("https://bucket.vpce-0a1b2c-d3e4.s3.us-west-2.vpce.amazonaws.com", false, "us-west-2")]
    [InlineData("https://s3.cn-north-1.amazonaws.com.cn", false, "cn-north-1")]
    [InlineData("https://amazonaws.com.example", true, "us-east-1")]
    public void PathStyle_HoldsWhereverTheHostIsNotOfAws(string endpoint, bool expected, string region)
    {
        Assert.Equal((expected, region), (Resolve(new(endpoint)).IsPathStyle, Resolve(new(endpoint)).Region.Value));
        Configure("[default]\ns3 =\n    addressing_style = virtual\n[profile other]\ns3=\n addressing_style = path");
        Assert.False(Resolve(new(endpoint)).IsPathStyle);
        Assert.True(Resolve(new(endpoint, "other")).IsPathStyle);
    }

    [Theory]
    [InlineData("127.0.0.1:9000")]
    [InlineData("host:9000")]
    [InlineData("ftp://host")]
    [InlineData("http://user:password@host")]
    public void Endpoint_ThatIsNoAddress_IsAWrongCommandLineThatNamesTheSettingAndShowsNoPassword(string endpoint)
    {
        variables["AWS_ENDPOINT_URL_S3"] = endpoint;
        var error = Assert.Throws<EyeSlotsException>(() => Resolve(new()));
        Assert.Equal(ErrorCodes.Usage, error.Code);
        Assert.Contains("(AWS_ENDPOINT_URL_S3)", error.Message);
        Assert.DoesNotContain("password@", error.Message);
    }

    [Fact]
    public void Region_ThatIsNone_IsAWrongCommandLine() =>
        Assert.Equal(ErrorCodes.Usage, Assert.Throws<EyeSlotsException>(() => Resolve(new(Region: "eu west"))).Code);

    [Fact]
    public void Profile_OfBothFiles_HasTheKeysOfTheCredentialsFileAndAllElse()
    {
        Configure("# comment\n; another\n[profile \"my own\"]\nregion : eu-north-1\naws_access_key_id = of-config\nca_bundle = /a/b=c.pem\n", "[my own]\naws_access_key_id = of-credentials\n");
        variables["AWS_PROFILE"] = "my own";
        var settings = Resolve(new());
        Assert.Equal(("of-credentials", "eu-north-1"), (settings.Profile["aws_access_key_id"], settings.Region.Value));
        Assert.Equal(("/a/b=c.pem", "ca_bundle of profile 'my own'"), (settings.CaBundle?.Value, settings.CaBundle?.Source));
        variables["AWS_CA_BUNDLE"] = "/other.pem";
        Assert.Equal("AWS_CA_BUNDLE", Resolve(new()).CaBundle?.Source);
    }

    [Fact]
    public void Files_NamedByVariables_AreReadInPlaceOfThoseInTheHome()
    {
        Configure("[default]\nregion = eu-west-1\n", "[default]\naws_access_key_id = wrong\n");
        File.WriteAllText(home["config"], "[default]\nregion = eu-west-2\n");
        File.WriteAllText(home["keys"], "[default]\naws_access_key_id = right\n");
        (variables["AWS_CONFIG_FILE"], variables["AWS_SHARED_CREDENTIALS_FILE"]) = (home["config"], home["keys"]);
        Assert.Equal(("eu-west-2", "right"), (Resolve(new()).Region.Value, Resolve(new()).Profile["aws_access_key_id"]));
    }

    [Theory]
    [InlineData("[default]\nregion\n", null, "line 2 of the AWS configuration file")]
    [InlineData("region = eu-west-1\n", null, "line 1 of the AWS configuration file")]
    [InlineData("[default]\nservices = none\n", null, "has no [services none]")]
    [InlineData("[default]\n", "other", "the AWS profile 'other' (--s3-profile) is missing")]
    public void Configuration_ThatCannotBeUsed_IsSaidWithItsPlace(string config, string? profile, string expected)
    {
        Configure(config);
        Assert.Contains(expected, Assert.Throws<S3ConfigurationException>(() => Resolve(new(Profile: profile))).Message);
    }

    private S3Settings Resolve(S3Options options) => S3Settings.Resolve(options, variables.GetValueOrDefault);

    private void Configure(string config, string credentials = "")
    {
        File.WriteAllText(home[".aws/config"], config);
        File.WriteAllText(home[".aws/credentials"], credentials);
    }

    [Fact]
    public void LocalFolder_OpenedByTheFactory_NeverLoadsTheAwsSdk()
    {
        var context = new Isolated(Path.GetDirectoryName(typeof(ObjectStoreFactory).Assembly.Location)!);
        var settings = context.New("EyeSlots.Storage.S3", typeof(S3Options).FullName!, null, null, null);
        var factory = context.New("EyeSlots.Storage.S3", typeof(ObjectStoreFactory).FullName!, settings);
        var address = context.Load("EyeSlots.Core").GetType(typeof(StorageAddress).FullName!)!.GetMethod("Parse")!;
        var open = factory.GetType().GetMethod("Open")!;
        Assert.Equal("LocalObjectStore", open.Invoke(factory, [address.Invoke(null, ["folder"]), false])!.GetType().Name);
        ((IDisposable)factory).Dispose();
        Assert.DoesNotContain(context.Assemblies, assembly => assembly.GetName().Name!.StartsWith("AWSSDK", StringComparison.Ordinal));

        open.Invoke(factory, [address.Invoke(null, ["s3://bucket"]), false]);
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
