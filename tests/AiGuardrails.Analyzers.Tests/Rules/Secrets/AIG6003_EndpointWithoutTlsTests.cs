using Verify = AiGuardrails.Testing.CSharpCodeFixVerifier<
    AiGuardrails.Analyzers.Rules.Secrets.EndpointWithoutTlsAnalyzer,
    AiGuardrails.CodeFixes.Rules.Secrets.EndpointWithoutTlsCodeFix>;

namespace AiGuardrails.Analyzers.Tests.Rules.Secrets;

public sealed class AIG6003_EndpointWithoutTlsTests
{
    [Fact]
    public Task Address_of_a_client_is_reported_and_mended() => Verify.VerifyCodeFixAsync(
        """
        using System;
        using System.ClientModel;
        using OpenAI;

        class C
        {
            private const string Gateway = {|AIG6003:"http://gateway.acme.com/v1"|}; // internal
            private static readonly Uri s_other = new({|AIG6003:@"HTTP://llm.acme.com:8080/"|});
            object A(ApiKeyCredential key) => new OpenAIClient(key, new OpenAIClientOptions { Endpoint = new Uri(Gateway) });
            object B(ApiKeyCredential key)
            {
                var options = new OpenAIClientOptions();
                options.Endpoint = s_other;
                return new OpenAIClient(key, options);
            }
            object D(string key) => new Anthropic.AnthropicClient { ApiKey = key, BaseUrl = {|AIG6003:"http://10.0.0.5:8000"|} };
            object E(string key, int port) => new Anthropic.AnthropicClient { ApiKey = key, BaseUrl = $"{|AIG6003:http://llm.acme.com:|}{port}/v1" };
            object F(ApiKeyCredential key) => new OpenAIClient(key, new OpenAIClientOptions { Endpoint = new Uri(new Uri({|AIG6003:"http://api.openai.com"|}), "v1") });
            object G(ApiKeyCredential key) => new OpenAIClient(key, new OpenAIClientOptions { Endpoint = new Uri(Environment.GetEnvironmentVariable("LLM") ?? {|AIG6003:"http://llm.acme.com"|}) });
        }
        """,
        """
        using System;
        using System.ClientModel;
        using OpenAI;

        class C
        {
            private const string Gateway = "https://gateway.acme.com/v1"; // internal
            private static readonly Uri s_other = new(@"HTTPs://llm.acme.com:8080/");
            object A(ApiKeyCredential key) => new OpenAIClient(key, new OpenAIClientOptions { Endpoint = new Uri(Gateway) });
            object B(ApiKeyCredential key)
            {
                var options = new OpenAIClientOptions();
                options.Endpoint = s_other;
                return new OpenAIClient(key, options);
            }
            object D(string key) => new Anthropic.AnthropicClient { ApiKey = key, BaseUrl = "https://10.0.0.5:8000" };
            object E(string key, int port) => new Anthropic.AnthropicClient { ApiKey = key, BaseUrl = $"https://llm.acme.com:{port}/v1" };
            object F(ApiKeyCredential key) => new OpenAIClient(key, new OpenAIClientOptions { Endpoint = new Uri(new Uri("https://api.openai.com"), "v1") });
            object G(ApiKeyCredential key) => new OpenAIClient(key, new OpenAIClientOptions { Endpoint = new Uri(Environment.GetEnvironmentVariable("LLM") ?? "https://llm.acme.com") });
        }
        """);

    [Theory]
    [InlineData("https://gateway.acme.com/v1")]
    [InlineData("http://localhost:11434/v1")]
    [InlineData("http://127.0.0.1:1234")]
    [InlineData("http://127.8.9.10")]
    [InlineData("http://[::1]:8080/")]
    [InlineData("http://0.0.0.0:8000")]
    [InlineData("http://ollama:11434")]
    [InlineData("http://host.docker.internal:1234/v1")]
    [InlineData("http://<your-host>/v1")]
    [InlineData("")]
    [InlineData("not a url")]
    public Task Address_with_TLS_or_on_the_own_network_is_left(string url) => Verify.VerifyAnalyzerAsync(
        $$"""
        class C { object D(string key) => new Anthropic.AnthropicClient { ApiKey = key, BaseUrl = "{{url}}" }; }
        """);

    [Theory]
    [InlineData("http://192.168.1.4")]
    [InlineData("http://172.17.0.1:8000")]
    [InlineData("http://127.0.0.1.evil.com")]
    [InlineData("http://localhost.acme.com")]
    [InlineData("http://localhost@llm.acme.com")]
    [InlineData("http://[2001:db8::1]/v1")]
    public Task Private_addresses_and_look_alikes_are_reported(string url) => Verify.VerifyAnalyzerAsync(
        $$"""
        class C { object D(string key) => new Anthropic.AnthropicClient { ApiKey = key, BaseUrl = {|AIG6003:"{{url}}"|} }; }
        """);

    [Fact]
    public Task Host_out_of_view_and_addresses_of_others_are_left() => Verify.VerifyAnalyzerAsync(
        """
        using System;
        using System.Net.Http;

        class C
        {
            object A(string key, string host) => new Anthropic.AnthropicClient { ApiKey = key, BaseUrl = $"http://{host}/v1" };
            object B(string key, string host) => new Anthropic.AnthropicClient { ApiKey = key, BaseUrl = "http://" + host };
            object D(string key, string url) => new Anthropic.AnthropicClient { ApiKey = key, BaseUrl = url };
            object E(HttpClient http) => http.GetAsync("http://www.acme.com/news");
            string Schema => "http://json-schema.org/draft-07/schema#";
        }
        """);

    [Fact]
    public Task Request_over_HTTP_is_reported() => Verify.VerifyCodeFixAsync(
        """
        using System;
        using System.Net.Http;
        using System.Net.Http.Json;

        class A
        {
            object M(HttpClient http, object body) => http.PostAsJsonAsync({|AIG6003:"http://gateway.acme.com/v1/chat/completions"|}, body);
            object N(HttpClient http) => http.GetAsync("http://www.acme.com/news");
        }
        class B
        {
            B(HttpClient http) => http.BaseAddress = new Uri({|AIG6003:"http://gateway.acme.com/v1/"|});
            object M(HttpClient http, HttpContent body) => http.PostAsync("chat/completions", body);
        }
        class Other
        {
            Other(HttpClient http) => http.BaseAddress = new Uri("http://news.acme.com/");
            object M(HttpClient http, HttpContent body) => http.PostAsync("https://api.openai.com/v1/chat/completions", body);
        }
        """,
        """
        using System;
        using System.Net.Http;
        using System.Net.Http.Json;

        class A
        {
            object M(HttpClient http, object body) => http.PostAsJsonAsync("https://gateway.acme.com/v1/chat/completions", body);
            object N(HttpClient http) => http.GetAsync("http://www.acme.com/news");
        }
        class B
        {
            B(HttpClient http) => http.BaseAddress = new Uri("https://gateway.acme.com/v1/");
            object M(HttpClient http, HttpContent body) => http.PostAsync("chat/completions", body);
        }
        class Other
        {
            Other(HttpClient http) => http.BaseAddress = new Uri("http://news.acme.com/");
            object M(HttpClient http, HttpContent body) => http.PostAsync("https://api.openai.com/v1/chat/completions", body);
        }
        """,
        static test => test.SilentWithoutSdk = false);

    [Fact]
    public Task Any_certificate_taken_by_the_handler_of_a_client_is_reported() => Verify.VerifyNoCodeFixAsync(
        """
        using System.ClientModel;
        using System.ClientModel.Primitives;
        using System.Net.Http;
        using System.Net.Security;
        using OpenAI;

        class C
        {
            object A(ApiKeyCredential key)
            {
                var handler = new HttpClientHandler { {|AIG6003:ServerCertificateCustomValidationCallback = (_, _, _, _) => true|} };
                var http = new HttpClient(handler);
                return new OpenAIClient(key, new OpenAIClientOptions { Transport = new HttpClientPipelineTransport(http) });
            }
            object B(string key)
            {
                var handler = new HttpClientHandler();
                {|AIG6003:handler.ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator|};
                return new Anthropic.AnthropicClient { ApiKey = key, HttpClient = new HttpClient(handler) };
            }
            object D(string key) => new Anthropic.AnthropicClient
            {
                ApiKey = key,
                HttpClient = new(new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { {|AIG6003:RemoteCertificateValidationCallback = delegate { return true; }|} } }),
            };
            object E(string key)
            {
                HttpClientHandler handler = new();
                {|AIG6003:handler.ServerCertificateCustomValidationCallback = TakeAny|};
                var logging = new Logging { InnerHandler = handler };
                HttpClient http = new(logging);
                return new Anthropic.AnthropicClient { ApiKey = key, HttpClient = http };
            }
            static bool TakeAny(HttpRequestMessage a, System.Security.Cryptography.X509Certificates.X509Certificate2? b, System.Security.Cryptography.X509Certificates.X509Chain? c, SslPolicyErrors d) => true;
            class Logging : DelegatingHandler { }
        }
        """);

    [Fact]
    public Task Any_certificate_in_a_request_over_HTTP_is_reported() => Verify.VerifyAnalyzerAsync(
        """
        using System.Net.Http;

        class C
        {
            object A(HttpContent body)
            {
                using var http = new HttpClient(new HttpClientHandler { {|AIG6003:ServerCertificateCustomValidationCallback = (a, b, c, d) => true|} });
                return http.PostAsync("https://api.openai.com/v1/chat/completions", body);
            }
        }
        """,
        static test => test.SilentWithoutSdk = false);

    [Fact]
    public Task Handlers_that_check_or_are_not_used_for_AI_are_left() => Verify.VerifyAnalyzerAsync(
        """
        using System;
        using System.ClientModel;
        using System.ClientModel.Primitives;
        using System.Net.Http;
        using System.Net.Security;
        using OpenAI;

        class C
        {
            object A(ApiKeyCredential key)
            {
                var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, certificate, _, errors) => errors == SslPolicyErrors.None || certificate?.Thumbprint == "AB" };
                return new OpenAIClient(key, new OpenAIClientOptions { Transport = new HttpClientPipelineTransport(new HttpClient(handler)) });
            }
            object B(ApiKeyCredential key)
            {
                var other = new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true });
                other.GetAsync("https://news.acme.com");
                return new OpenAIClient(key);
            }
            object D(ApiKeyCredential key, bool isDevelopment)
            {
                var handler = new HttpClientHandler();
                if (Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") == "Development")
                {
                    handler.ServerCertificateCustomValidationCallback = (_, _, _, _) => true;
                }

                return new OpenAIClient(key, new OpenAIClientOptions { Transport = new HttpClientPipelineTransport(new HttpClient(handler)) });
            }
            object E(ApiKeyCredential key)
            {
                var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator };
                return new OpenAIClient(key, new OpenAIClientOptions { Endpoint = new Uri("https://localhost:8443/v1"), Transport = new HttpClientPipelineTransport(new HttpClient(handler)) });
            }
        }
        """);

    [Theory]
    [InlineData("object A(string key, string host) => new Anthropic.AnthropicClient { ApiKey = key, BaseUrl = $\"http://{host}:{1}\" + \"/v1\" };")]
    [InlineData("object A(string key) { var h = new System.Net.Http.HttpClientHandler { ServerCertificateCustomValidationCallback = (a, b, c, d) => true }; return new Anthropic.AnthropicClient { HttpClient = new(h) }; }")]
    public Task Half_typed_code_does_no_harm(string member) =>
        AiGuardrails.Testing.AnalyzerFuzz.VerifyNeverThrowsAsync<AiGuardrails.Analyzers.Rules.Secrets.EndpointWithoutTlsAnalyzer>("class C { " + member + " }");

    [Fact]
    public Task Port_of_plain_HTTP_is_nothing_to_mend_by_a_letter() => Verify.VerifyNoCodeFixAsync(
        """
        class C { object D(string key) => new Anthropic.AnthropicClient { ApiKey = key, BaseUrl = {|AIG6003:"http://llm.acme.com:80/v1"|} }; }
        """);

    [Fact]
    public Task Message_names_the_host_and_nothing_else_of_the_address() => Verify.VerifyAnalyzerAsync(
        """
        class C { object D(string key) => new Anthropic.AnthropicClient { ApiKey = key, BaseUrl = {|#0:"http://user:pass@llm.acme.com:8080/v1?key=1"|} }; }
        """,
        Verify.Diagnostic("AIG6003").WithLocation(0).WithArguments("Prompts, answers and the key go to 'http://llm.acme.com' in the clear; use https"));
}
