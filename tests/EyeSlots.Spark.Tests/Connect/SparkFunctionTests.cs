using System.Text;
using System.Text.Json.Nodes;
using EyeSlots.Spark.Connect;

namespace EyeSlots.Spark.Tests.Connect;

public class SparkFunctionTests
{
    [Fact]
    public void ToBytes_OfAName_HasEmptyParameters() =>
        Assert.Equal("""{"function":"echo","parameters":{}}""", Encoding.UTF8.GetString(new SparkFunction("echo").ToBytes()));

    [Fact]
    public void With_AnObject_WritesItsProperties() =>
        Assert.Equal("""{"function":"cut","parameters":{"Size":3,"Out":"s3://b"}}""", SparkFunction.With("cut", new { Size = 3, Out = "s3://b" }).ToString());

    [Fact]
    public void With_AValue_IsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => SparkFunction.With("cut", 3));
        Assert.StartsWith("The parameters of 'cut' must be a JSON object, not a value or a list.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_WithParameters_CopiesThem()
    {
        var parameters = new JsonObject { ["a"] = 1 };
        var function = new SparkFunction("f", parameters);
        parameters["a"] = 2;
        Assert.Equal("""{"function":"f","parameters":{"a":1}}""", function.ToString());
    }

    [Fact]
    public void Constructor_WithoutAName_IsRefused() => Assert.Throws<ArgumentException>(() => new SparkFunction(" "));
}
